// Messages: everything for which one is refused (RFC 9420, 6 and 9), each time with the Group as it was.
#include "client-lib/mls/limits.hpp"
#include "client-lib/mls/public_message.hpp"
#include "crypto/sealed/hkdf.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::mls {

namespace {

using namespace tests;

struct Pair {
    Circle circle{3};
    Group& amara = circle[0];
    Group& iris = circle[1];

    Bytes says(std::string_view text) { return *amara.seal(as_bytes(text), circle.random); }
    std::string_view hears(ByteView message) {
        const auto received = iris.open(message);
        return received ? "accepted" : why(received);
    }
};

TEST(GroupOpen, TakesMessagesOutOfOrderAndEachOnce) {
    Pair pair;
    std::vector<Bytes> sent;
    for (int i = 0; i < 6; ++i) sent.push_back(pair.says("hello"));
    for (const int i : {4, 0, 5, 2, 1, 3}) EXPECT_EQ(pair.hears(sent[static_cast<std::size_t>(i)]), "accepted");
    for (const Bytes& message : sent) EXPECT_EQ(refused(pair.iris, message), "generation_gone");
}

// A forged message must not burn the key of the one it was made from.
TEST(GroupOpen, StillOpensAMessageAfterAForgeryOfIt) {
    Pair pair;
    const Bytes sent = pair.says("hello");
    for (std::size_t at = 0; at < sent.size(); ++at) {
        Bytes forged = sent;
        forged[at] ^= 1;
        EXPECT_NE(refused(pair.iris, forged), "accepted") << "byte " << at;
    }
    EXPECT_EQ(pair.hears(sent), "accepted");
}

TEST(GroupOpen, HoldsKeysForExactlyTheLimitOfMissingMessages) {
    Pair pair;
    const Bytes first = pair.says("first");
    for (std::uint32_t i = 1; i < skipped_generations_max; ++i) (void)pair.says("lost");
    const Bytes at_limit = pair.says("at the limit");
    const Bytes beyond = pair.says("beyond");
    EXPECT_EQ(refused(pair.iris, beyond), "generation_too_far");
    EXPECT_EQ(pair.hears(at_limit), "accepted");
    EXPECT_EQ(pair.hears(beyond), "accepted");
    EXPECT_EQ(pair.hears(first), "accepted");
}

TEST(GroupOpen, GivesUpTheOldestKeysFirst) {
    Pair pair;
    const Bytes first = pair.says("first");
    const Bytes second = pair.says("second");
    for (std::uint32_t i = 2; i < skipped_generations_max; ++i) (void)pair.says("lost");
    EXPECT_EQ(pair.hears(pair.says("256 are missing")), "accepted");
    (void)pair.says("one more is lost");
    EXPECT_EQ(pair.hears(pair.says("257 are missing")), "accepted");
    EXPECT_EQ(refused(pair.iris, first), "generation_gone");
    EXPECT_EQ(pair.hears(second), "accepted");
}

TEST(GroupOpen, SealsAndOpensTheLongestContent) {
    Pair pair;
    EXPECT_EQ(pair.hears(pair.says(std::string(content_bytes_max, 'x'))), "accepted");
}

TEST(GroupOpen, AcceptsPaddingOfZeros) {
    Pair pair;
    Forge forge(pair.amara);
    EXPECT_EQ(pair.hears(encode_message(forge.sealed_padded(forge.signed_content(Bytes{1}), Bytes(100)))), "accepted");
}

REFUSES(wire_format, OfAWelcomeInsteadOfAMessage) {
    Pair pair;
    Bytes message = pair.says("hello");
    message[3] = 3;
    return refused(pair.iris, message);
}
// A room takes nothing that is not encrypted.
REFUSES(wire_format, OfAPublicMessage) {
    Pair pair;
    const GroupState& state = pair.amara.state();
    const Voice voice{{SenderType::member, 0}, WireFormat::public_message, {}};
    const AuthenticatedContent message = sign_as(voice, state, removal(2));
    const Hash tag = membership_tag(message, state.secrets.membership, state.encoded_context);
    return refused(pair.iris, encode_message(PublicMessage{message.content, message.auth, to_bytes(tag)}));
}
REFUSES(version, OfAPrivateMessage) {
    Pair pair;
    Bytes message = pair.says("hello");
    message[1] = 2;
    return refused(pair.iris, message);
}
REFUSES(other_group, OfAnotherName) {
    RepeatableRandom random;
    Group other = Group::create(as_bytes("other"), person("amara", random), random);
    return refused(Pair().iris, *other.seal(as_bytes("hello"), random));
}
REFUSES(other_epoch, Past) {
    Pair pair;
    const Bytes message = pair.says("hello");
    pair.circle.renew(2);
    return refused(pair.iris, message);
}
REFUSES(other_epoch, Coming) {
    Pair pair;
    auto made = pair.amara.commit({}, {}, pair.circle.random);
    return refused(pair.iris, *made->next.seal(as_bytes("hello"), pair.circle.random));
}
REFUSES(sender_data, Changed) {
    Pair pair;
    Forge forge(pair.amara);
    auto message = forge.sealed(forge.signed_content(Bytes{1}));
    message.encrypted_sender_data[0] ^= 1;
    return refused(pair.iris, encode_message(message));
}
REFUSES(sender_unknown, BeyondTheTree) {
    Pair pair;
    Forge forge(pair.amara);
    auto content = forge.signed_content(Bytes{1});
    content.content.sender.index = 99;
    return refused(pair.iris, encode_message(forge.sealed(content)));
}
REFUSES(sender_unknown, ABlankLeaf) {
    Pair pair;
    Forge forge(pair.amara);
    auto content = forge.signed_content(Bytes{1});
    content.content.sender.index = 3;
    return refused(pair.iris, encode_message(forge.sealed(content)));
}
REFUSES(own_message, Echoed) {
    Pair pair;
    return refused(pair.amara, pair.says("hello"));
}
REFUSES(own_message, OurCommit) {
    Pair pair;
    return refused(pair.amara, pair.amara.commit({}, {}, pair.circle.random)->message);
}
REFUSES(generation_gone, OpenedBefore) {
    Pair pair;
    const Bytes message = pair.says("hello");
    EXPECT_EQ(pair.hears(message), "accepted");
    return refused(pair.iris, message);
}
REFUSES(generation_gone, OfACommitOpenedBefore) {
    Pair pair;
    const auto made = pair.amara.commit({}, {}, pair.circle.random);
    EXPECT_EQ(pair.hears(made->message), "accepted");
    return refused(pair.iris, made->message);
}
REFUSES(generation_too_far, ByOne) {
    Pair pair;
    for (std::uint32_t i = 0; i <= skipped_generations_max; ++i) (void)pair.says("lost");
    return refused(pair.iris, pair.says("hello"));
}
REFUSES(decryption, Changed) {
    Pair pair;
    Bytes message = pair.says("hello");
    message.back() ^= 1;
    return refused(pair.iris, message);
}
REFUSES(decryption, OfOtherAuthenticatedData) {
    Pair pair;
    Forge forge(pair.amara);
    auto message = forge.sealed(forge.signed_content(Bytes{1}));
    message.authenticated_data = {1};
    return refused(pair.iris, encode_message(message));
}
REFUSES(padding, AByteThatIsNotZero) {
    Pair pair;
    Forge forge(pair.amara);
    return refused(pair.iris, encode_message(forge.sealed_padded(forge.signed_content(Bytes{1}), Bytes{0, 0, 1, 0})));
}
REFUSES(message_signature, OfAnotherMember) {
    Pair pair;
    Forge forge(pair.amara);
    auto content = forge.signed_content(Bytes{1});
    sign_content(content, pair.circle[2].state().signing_key, forge.state.encoded_context);
    return refused(pair.iris, encode_message(forge.sealed(content)));
}
REFUSES(message_signature, UnderAnotherContext) {
    Pair pair;
    Forge forge(pair.amara);
    auto content = forge.signed_content(Bytes{1});
    sign_content(content, forge.state.signing_key, {});
    return refused(pair.iris, encode_message(forge.sealed(content)));
}
REFUSES(content_too_long, ByOne) {
    Pair pair;
    const Bytes before = snapshot(pair.amara);
    const auto reason = why(pair.amara.seal(Bytes(content_bytes_max + 1), pair.circle.random));
    EXPECT_TRUE(snapshot(pair.amara) == before);
    return reason;
}
REFUSES(generations_used_up, After2To32) {
    SecretTree tree(Secret32(), 2);
    tree.consume(*tree.next({0}, RatchetKind::application));
    set_next_generation(tree, {0}, std::uint64_t{1} << 32);
    return why(tree.next({0}, RatchetKind::application));
}
REFUSES(export_too_long, ByOne) {
    return why(Circle(1)[0].export_secret("label", {}, crypto::hkdf_output_bytes_max + 1));
}

TEST(GroupOpen, ExportsTheSameSecretToEveryMemberAndAnotherInEveryEpoch) {
    Circle circle(2);
    const auto secret = circle[0].export_secret("label", as_bytes("context"), 40);
    EXPECT_TRUE(*secret == *circle[1].export_secret("label", as_bytes("context"), 40));
    EXPECT_FALSE(*secret == *circle[1].export_secret("label", as_bytes("other"), 40));
    EXPECT_FALSE(*secret == *circle[1].export_secret("other", as_bytes("context"), 40));
    circle.renew(0);
    EXPECT_FALSE(*secret == *circle[1].export_secret("label", as_bytes("context"), 40));
}

}  // namespace
}  // namespace veranda::mls
