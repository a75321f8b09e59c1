// Runners for messages: their encodings, and their protection in both framings.
#include "client-lib/mls/group_context.hpp"
#include "client-lib/mls/private_message.hpp"
#include "client-lib/mls/public_message.hpp"
#include "client-lib/mls/ratchet_tree.hpp"
#include "client-lib/mls/welcome.hpp"
#include "crypto/verify/equal.hpp"
#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

template <class T>
void expect_round_trip(const Json& hex) {
    const Bytes encoded = bytes_of(hex);
    EXPECT_EQ(to_hex(tls::encode(must(tls::decode<T>(encoded)))), to_hex(encoded));
}

template <class Message>
void expect_message(const Json& hex) {
    const Bytes encoded = bytes_of(hex);
    EXPECT_EQ(to_hex(encode_message(must(decode_message<Message>(encoded)))), to_hex(encoded));
}

// Vectors hold the body of a proposal without its type in front.
template <class Body>
void expect_proposal(const Json& hex) {
    expect_round_trip<Body>(hex);
}

struct ProtectionCase {
    Bytes context;
    Bytes group_id;
    Epoch epoch;
    Secret32 encryption;
    Secret32 sender_data;
    Secret32 membership;
    crypto::SigningKey signer;
    Bytes signature_key;

    SecretTree tree() const { return SecretTree(encryption.clone(), 2); }
};

constexpr LeafIndex sender{1};  // as test-vectors.md has it

ProtectionCase load(const Json& one) {
    GroupContext context;
    context.group_id = bytes_of(one["group_id"]);
    context.epoch = {one["epoch"].get<std::uint64_t>()};
    context.tree_hash = bytes_of(one["tree_hash"]);
    context.confirmed_transcript_hash = bytes_of(one["confirmed_transcript_hash"]);
    return {tls::encode(context),
            context.group_id,
            context.epoch,
            secret_of(one["encryption_secret"]),
            secret_of(one["sender_data_secret"]),
            secret_of(one["membership_key"]),
            crypto::SigningKey::from_seed(secret_of(one["signature_priv"])),
            bytes_of(one["signature_pub"])};
}

Bytes encoded(const Content& content) {
    tls::Writer writer;
    if (const auto* application = std::get_if<Bytes>(&content)) return *application;
    write_content(writer, content);
    return writer.take();
}

void expect_private(const ProtectionCase& loaded, const PrivateMessage& message, const Json& content) {
    const SenderData from = must(open_sender_data(message, loaded.sender_data));
    EXPECT_EQ(from.leaf, sender);
    const SecretTree tree = loaded.tree();
    const auto use = must(tree.find(from.leaf, ratchet_of(message.content_type), from.generation));
    const auto opened = must(open_content(message, from, use.key()));
    EXPECT_TRUE(content_signature_ok(opened, loaded.signature_key, loaded.context));
    EXPECT_BYTES(encoded(opened.content.content), content);
}

void expect_public(const ProtectionCase& loaded, const PublicMessage& message, const Json& content) {
    const AuthenticatedContent opened{WireFormat::public_message, message.content, message.auth};
    EXPECT_EQ(to_hex(membership_tag(opened, loaded.membership, loaded.context)), to_hex(message.membership_tag));
    EXPECT_TRUE(content_signature_ok(opened, loaded.signature_key, loaded.context));
    EXPECT_BYTES(encoded(opened.content.content), content);
}

AuthenticatedContent signed_content(const ProtectionCase& loaded, Content content, WireFormat format) {
    AuthenticatedContent message{
        format, {loaded.group_id, loaded.epoch, {SenderType::member, sender.value}, {}, std::move(content)}, {}};
    sign_content(message, loaded.signer, loaded.context);
    if (type_of(message.content.content) == ContentType::commit) message.auth.confirmation_tag = Bytes(32, 7);
    return message;
}

// What we make ourselves is opened by what opened the vector.
void expect_own(const ProtectionCase& loaded, const Content& content, const Json& expected) {
    crypto::SystemRandom random;
    const SecretTree tree = loaded.tree();
    const auto use = must(tree.next(sender, ratchet_of(type_of(content))));
    const auto sealed = seal_private_message(signed_content(loaded, content, WireFormat::private_message), use,
                                             loaded.sender_data, random);
    expect_private(loaded, sealed, expected);
    if (type_of(content) == ContentType::application) return;
    const auto plain = signed_content(loaded, content, WireFormat::public_message);
    expect_public(loaded,
                  {plain.content, plain.auth, to_bytes(membership_tag(plain, loaded.membership, loaded.context))},
                  expected);
}

}  // namespace

void messages(const Json& one) {
    expect_message<Welcome>(one["mls_welcome"]);
    expect_message<GroupInfo>(one["mls_group_info"]);
    const Bytes key_package = bytes_of(one["mls_key_package"]);
    ASSERT_GT(key_package.size(), 4U);
    EXPECT_EQ(to_hex(tls::encode(must(tls::decode<KeyPackage>(std::span(key_package).subspan(4))))),
              to_hex(std::span(key_package).subspan(4)));
    EXPECT_BYTES(must(RatchetTree::decode(bytes_of(one["ratchet_tree"]))).encode(), one["ratchet_tree"]);
    expect_proposal<Add>(one["add_proposal"]);
    expect_proposal<Update>(one["update_proposal"]);
    expect_proposal<Remove>(one["remove_proposal"]);
    expect_proposal<PreSharedKey>(one["pre_shared_key_proposal"]);
    expect_proposal<ReInit>(one["re_init_proposal"]);
    expect_proposal<ExternalInit>(one["external_init_proposal"]);
    expect_proposal<GroupContextExtensions>(one["group_context_extensions_proposal"]);
    expect_round_trip<Commit>(one["commit"]);
    expect_message<PublicMessage>(one["public_message_application"]);
    expect_message<PublicMessage>(one["public_message_proposal"]);
    expect_message<PublicMessage>(one["public_message_commit"]);
    expect_message<PrivateMessage>(one["private_message"]);
    // Our group secrets have the lengths of suite 3; those of other suites are refused for it.
    const Bytes secrets = bytes_of(one["group_secrets"]);
    if (!secrets.empty() && secrets[0] == 32) {
        EXPECT_EQ(to_hex(must(GroupSecrets::decode(secrets)).encode().view()), to_hex(secrets));
    }
}

void message_protection(const Json& one) {
    const ProtectionCase loaded = load(one);
    EXPECT_EQ(to_hex(loaded.signer.public_key()), to_hex(loaded.signature_key));
    for (const char* kind : {"proposal", "commit"}) {
        SCOPED_TRACE(kind);
        const std::string name = kind;
        expect_private(loaded, must(decode_message<PrivateMessage>(bytes_of(one[name + "_priv"]))), one[name]);
        expect_public(loaded, must(decode_message<PublicMessage>(bytes_of(one[name + "_pub"]))), one[name]);
    }
    expect_private(loaded, must(decode_message<PrivateMessage>(bytes_of(one["application_priv"]))), one["application"]);
    expect_own(loaded, bytes_of(one["application"]), one["application"]);
    expect_own(loaded, must(tls::decode<Proposal>(bytes_of(one["proposal"]))), one["proposal"]);
    expect_own(loaded, must(tls::decode<Commit>(bytes_of(one["commit"]))), one["commit"]);
}

}  // namespace veranda::mls::vectors
