// The list of structures, and real ones to start from.
#include "tests/unit/mls/structures.hpp"

#include "client-lib/mls/public_message.hpp"
#include "tests/unit/mls/stage.hpp"

namespace veranda::mls::tests {
namespace {

template <class T>
Result<T> decode_as(ByteView bytes) {
    return tls::decode<T>(bytes);
}
template <>
Result<RatchetTree> decode_as<RatchetTree>(ByteView bytes) {
    return RatchetTree::decode(bytes);
}
template <>
Result<GroupSecrets> decode_as<GroupSecrets>(ByteView bytes) {
    return GroupSecrets::decode(bytes);
}

template <class T>
Bytes encode_as(const T& value) {
    return tls::encode(value);
}
template <>
Bytes encode_as(const RatchetTree& tree) {
    return tree.encode();
}
template <>
Bytes encode_as(const GroupSecrets& secrets) {
    return to_bytes(secrets.encode().view());
}

template <class T>
constexpr DecodedStructure structure(const char* name) {
    return {name, [](ByteView bytes) { return decode_as<T>(bytes).has_value(); },
            [](ByteView bytes) -> std::optional<Bytes> {
                const auto decoded = decode_as<T>(bytes);
                return decoded ? std::optional(encode_as(*decoded)) : std::nullopt;
            }};
}
template <class T>
constexpr DecodedStructure message(const char* name) {
    return {name, [](ByteView bytes) { return decode_message<T>(bytes).has_value(); },
            [](ByteView bytes) -> std::optional<Bytes> {
                const auto decoded = decode_message<T>(bytes);
                return decoded ? std::optional(encode_message(*decoded)) : std::nullopt;
            }};
}

// What a PrivateMessage holds, as open_content reads it: a content of a type said elsewhere, and its signature.
struct AnyContent {
    ContentType type{};
    Content content;
    ContentAuth auth;

    void write(tls::Writer& writer) const {
        tls::write(writer, type);
        write_content(writer, content);
        auth.write(writer, type);
    }
    void read(tls::Reader& reader) {
        tls::read(reader, type);
        read_content(reader, type, content);
        auth.read(reader, type);
    }
};

constexpr DecodedStructure list[] = {
    message<PublicMessage>("message_public"),
    message<PrivateMessage>("message_private"),
    message<Welcome>("message_welcome"),
    message<GroupInfo>("message_group_info"),
    {"key_package_checked", [](ByteView bytes) { return decode_and_check_key_package(bytes).has_value(); },
     [](ByteView bytes) -> std::optional<Bytes> {
         const auto decoded = decode_and_check_key_package(bytes);
         return decoded ? std::optional(tls::encode(*decoded)) : std::nullopt;
     }},
    structure<KeyPackage>("key_package"),
    structure<LeafNode>("leaf_node"),
    structure<ParentNode>("parent_node"),
    structure<RatchetTree>("ratchet_tree"),
    structure<Welcome>("welcome"),
    structure<GroupSecrets>("group_secrets"),
    structure<GroupInfo>("group_info"),
    structure<GroupContext>("group_context"),
    structure<Proposal>("proposal"),
    structure<Commit>("commit"),
    structure<UpdatePath>("update_path"),
    structure<AnyContent>("content"),
    structure<AuthenticatedContent>("authenticated_content"),
    structure<SenderData>("sender_data"),
    structure<Credential>("credential"),
    structure<Capabilities>("capabilities"),
    structure<Extensions>("extensions"),
    structure<RequiredCapabilities>("required_capabilities"),
    structure<std::vector<PreSharedKeyID>>("pre_shared_key_ids"),
};

std::size_t place_of(std::string_view name) {
    for (std::size_t i = 0; i < std::size(list); ++i)
        if (list[i].name == name) return i;
    VERANDA_ASSERT(false);
    return 0;
}

Bytes any_content(const AuthenticatedContent& message) {
    return tls::encode(AnyContent{type_of(message.content.content), message.content.content, message.auth});
}

std::vector<PreSharedKeyID> psk_ids() {
    PreSharedKeyID external;
    external.psk_id = {1, 2, 3};
    external.psk_nonce = Bytes(32, 4);
    PreSharedKeyID resumption;
    resumption.type = PskType::resumption;
    resumption.usage = ResumptionUsage::branch;
    resumption.psk_group_id = {5, 6};
    resumption.psk_epoch = {7};
    resumption.psk_nonce = Bytes(32, 8);
    return {external, resumption};
}

// One of each kind, in the order of their types.
std::vector<Proposal> proposals(const KeyPackage& key_package) {
    const Extensions extensions{{ExtensionType{0x2a2a}, {1, 2}}};
    return {{Add{key_package}},
            {Update{key_package.leaf}},
            {Remove{{3}}},
            {PreSharedKey{psk_ids()[1]}},
            {ReInit{{1, 2}, our_version, our_suite, extensions}},
            {ExternalInit{Bytes(32, 9)}},
            {GroupContextExtensions{extensions}}};
}

struct Collected {
    std::vector<Sample> all;

    void add(std::string_view structure, std::string_view variant, Bytes bytes) {
        const std::string name = std::string(structure) + (variant.empty() ? "" : "-") + std::string(variant);
        all.push_back({place_of(structure), name, std::move(bytes)});
    }
    void add(std::string_view structure, Bytes bytes) { add(structure, "", std::move(bytes)); }
};

void add_small_ones(Collected& collected, const Stage& stage) {
    Credential x509{{}, CredentialType::x509, {{1, 2}, {3}}};
    Capabilities grease = Capabilities::ours();
    grease.extensions.push_back(ExtensionType{0x4a4a});
    grease.proposals.push_back(ProposalType{0x6a6a});
    collected.add("sender_data", tls::encode(SenderData{{1}, 2, {3, 4, 5, 6}}));
    collected.add("credential", "basic", tls::encode(stage.newcomer.public_part.leaf.credential));
    collected.add("credential", "x509", tls::encode(x509));
    collected.add("capabilities", tls::encode(grease));
    collected.add("extensions", tls::encode(Extensions{{ExtensionType{0x2a2a}, {1}}, {ExtensionType{5}, {}}}));
    collected.add("required_capabilities",
                  tls::encode(RequiredCapabilities{grease.extensions, grease.proposals, {CredentialType::basic}}));
    collected.add("pre_shared_key_ids", tls::encode(psk_ids()));
    for (const Proposal& proposal : proposals(stage.newcomer.public_part))
        collected.add("proposal", std::to_string(static_cast<int>(proposal.type())), tls::encode(proposal));
}

void add_trees(Collected& collected, const Stage& stage) {
    const RatchetTree& tree = stage.forger().state().tree;
    collected.add("ratchet_tree", tree.encode());
    collected.add("leaf_node", "of_a_commit", tls::encode(*tree.leaf({0})));
    collected.add("leaf_node", "of_a_key_package", tls::encode(stage.newcomer.public_part.leaf));
    collected.add("parent_node", tls::encode(*tree.parent(tree.root())));
}

void add_welcome(Collected& collected, const Stage& stage) {
    const auto welcome = decode_message<Welcome>(stage.welcome);
    collected.add("message_welcome", stage.welcome);
    collected.add("welcome", tls::encode(*welcome));
    const auto secrets = open_group_secrets(*welcome, stage.newcomer);
    collected.add("group_secrets", to_bytes(secrets->encode().view()));
    const auto info =
        open_group_info(welcome->encrypted_group_info, WelcomeKey::from_joiner(secrets->joiner, psk_secret({})));
    collected.add("group_info", tls::encode(*info));
    collected.add("message_group_info", encode_message(*info));
    collected.add("group_context", tls::encode(info->context));
}

}  // namespace

std::span<const DecodedStructure> decoded_structures() { return list; }

std::vector<Sample> samples() {
    const Stage stage;
    Collected collected;
    add_small_ones(collected, stage);
    add_trees(collected, stage);
    add_welcome(collected, stage);
    collected.add("key_package", tls::encode(stage.newcomer.public_part));
    collected.add("key_package_checked", tls::encode(stage.newcomer.public_part));
    for (const Stage::Base& base : stage.bases) {
        const AuthenticatedContent& content = base.content;
        const auto tag = content.content.sender.type == SenderType::member ? Bytes(32, 1) : Bytes{};
        collected.add("message_private", base.name, base.message);
        collected.add("message_public", base.name, encode_message(PublicMessage{content.content, content.auth, tag}));
        collected.add("content", base.name, any_content(content));
        collected.add("authenticated_content", base.name, tls::encode(content));
        if (const auto* commit = std::get_if<Commit>(&content.content.content)) {
            collected.add("commit", base.name, tls::encode(*commit));
            if (commit->path) collected.add("update_path", base.name, tls::encode(*commit->path));
        }
    }
    return std::move(collected.all);
}

}  // namespace veranda::mls::tests
