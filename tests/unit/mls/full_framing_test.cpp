// PublicMessages and senders from outside (RFC 9420, 6, 6.2 and 12.1.8): what is taken from whom, and what is not.
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

// A group that two outsiders may propose to.
struct Window {
    RepeatableRandom random{7};
    crypto::SigningKey service = crypto::SigningKey::generate(random);
    crypto::SigningKey other = crypto::SigningKey::generate(random);
    FullCircle circle{3, external_senders_of({&other, &service})};
    const GroupState& state = *circle[0].state().epoch;

    std::string_view judges(ByteView message) { return refused(circle[1], message); }
    Bytes in_public(const Sender& sender, Content content, const std::function<void(PublicMessage&)>& spoil) const {
        const AuthenticatedContent message =
            sign_as({sender, WireFormat::public_message, {}}, state, std::move(content));
        PublicMessage out{message.content, message.auth,
                          to_bytes(membership_tag(message, state.secrets.membership, state.encoded_context))};
        spoil(out);
        return encode_message(out);
    }
    std::string_view says(
        const Sender& sender, Content content,
        const std::function<void(PublicMessage&)>& spoil = [](PublicMessage&) {}) {
        return judges(in_public(sender, std::move(content), spoil));
    }
    std::string_view outsider(std::uint32_t index, const crypto::SigningKey& key, Proposal proposal) {
        return judges(propose_from_outside(as_bytes("group"), circle[1].epoch(), index, key, std::move(proposal)));
    }
};

constexpr Sender first{SenderType::member, 0};

TEST(FullFraming, TakesProposalsAndCommitsInBothFramings) {
    Window window;
    window.circle.propose(0, removal(2), WireFormat::public_message);
    window.circle.propose_update(1, WireFormat::private_message);
    EXPECT_EQ(window.circle[0].pending().size(), 2U);
    const auto references = window.circle[0].pending_references();
    EXPECT_EQ(references, window.circle[2].pending_references());
    CommitWith with;
    with.by_reference = {references[1]};
    with.wire_format = WireFormat::public_message;
    window.circle.commit(0, std::move(with));
    window.circle.expect_agreement();
    window.circle.commit(2, {});
    window.circle.expect_agreement();
}

TEST(FullFraming, TakesWhatAnExternalSenderProposes) {
    Window window;
    const auto message =
        propose_from_outside(as_bytes("group"), window.circle[0].epoch(), 1, window.service, removal(2));
    window.circle.hear(SIZE_MAX, message);
    window.circle.commit_pending(0);
    EXPECT_EQ(window.circle.members.size(), 2U);
    window.circle.expect_agreement();
}

TEST(FullFraming, TakesEveryKindThatAnExternalSenderMayPropose) {
    Window window;
    const auto iris = person("iris", window.random);
    const std::vector<Proposal> kinds{addition(iris.public_part),
                                      removal(2),
                                      {PreSharedKey{psk_named("tea")}},
                                      {ReInit{{1}, our_version, our_suite, {}}},
                                      {GroupContextExtensions{}}};
    for (const Proposal& proposal : kinds)
        window.circle.hear(SIZE_MAX, propose_from_outside(as_bytes("group"), {1}, 0, window.other, proposal));
    EXPECT_EQ(window.circle[0].pending().size(), kinds.size());
    EXPECT_EQ(window.circle[0].pending()[0].sender, (Sender{SenderType::external, 0}));
}

// She is a member once somebody commits her proposal, and until then holds nobody back from speaking.
TEST(FullFraming, TakesANewMembersOwnProposal) {
    Window window;
    const auto iris = person("iris", window.random);
    window.circle.hear(SIZE_MAX, propose_oneself(as_bytes("group"), window.circle[0].epoch(), iris));
    EXPECT_EQ(window.circle[1].pending()[0].sender.type, SenderType::new_member_proposal);
    EXPECT_EQ(why(window.circle[1].seal(as_bytes("who is it?"), window.random)), "accepted");
    const auto made = window.circle.commit_pending(0);
    window.circle.members.push_back(*FullGroup::join(made.welcome.whole(0), iris, {}));
    window.circle.expect_agreement();
}

TEST(FullFraming, KeepsAProposalOnceThoughItComesTwice) {
    Window window;
    const auto message = window.circle[0].propose(removal(2), window.random, WireFormat::public_message);
    EXPECT_EQ(why(window.circle[1].open(*message)), "accepted");
    EXPECT_EQ(why(window.circle[1].open(*message)), "accepted");
    EXPECT_EQ(window.circle[1].pending().size(), 1U);
}

TEST(FullFraming, ForgetsAProposalThatTheApplicationRefuses) {
    Window window;
    window.circle.propose(0, removal(2));
    const Hash reference = window.circle[1].pending_references()[0];
    EXPECT_TRUE(window.circle[1].discard(reference));
    EXPECT_FALSE(window.circle[1].discard(reference));
    EXPECT_EQ(why(window.circle[1].seal(as_bytes("she stays"), window.random)), "accepted");
}

TEST(FullFraming, CarriesAuthenticatedData) {
    Window window;
    const auto sealed = window.circle[0].seal(as_bytes("hello"), window.random, {1, 2});
    const auto opened = window.circle[1].open(*sealed);
    EXPECT_EQ(std::get<Plaintext>(*opened).authenticated_data, (Bytes{1, 2}));
}

REFUSES(application_in_public, OfAMember) { return Window().says(first, Bytes{1}); }
REFUSES(membership_tag, Changed) {
    return Window().says(first, removal(2), [](PublicMessage& message) { message.membership_tag[0] ^= 1; });
}
REFUSES(membership_tag, Missing) {
    return Window().says(first, removal(2), [](PublicMessage& message) { message.membership_tag.clear(); });
}
// The tag covers the signature, so who knows the epoch alone cannot put another in its place unseen.
REFUSES(membership_tag, OfAnotherSignature) {
    return Window().says(first, removal(2), [](PublicMessage& message) { message.auth.signature[0] ^= 1; });
}
REFUSES(message_signature, OfAMembersPublicMessage) {
    Window window;
    AuthenticatedContent message = sign_as({first, WireFormat::public_message, {}}, window.state, removal(2));
    message.auth.signature[0] ^= 1;
    return window.judges(encode_message(PublicMessage{
        message.content, message.auth,
        to_bytes(membership_tag(message, window.state.secrets.membership, window.state.encoded_context))}));
}
// The wire format is signed too: a PrivateMessage's signature is none for a PublicMessage.
REFUSES(message_signature, OfTheOtherFraming) {
    Window window;
    AuthenticatedContent message = sign_as({first, WireFormat::private_message, {}}, window.state, removal(2));
    message.wire_format = WireFormat::public_message;
    return window.judges(encode_message(PublicMessage{
        message.content, message.auth,
        to_bytes(membership_tag(message, window.state.secrets.membership, window.state.encoded_context))}));
}
REFUSES(message_signature, OfAnotherExternalSender) {
    Window window;
    return window.outsider(0, window.service, removal(2));
}
REFUSES(message_signature, OfANewMembersProposal) {
    Window window;
    auto iris = person("iris", window.random);
    iris.signing_key = crypto::SigningKey::generate(window.random);
    return window.judges(propose_oneself(as_bytes("group"), window.circle[1].epoch(), iris));
}
REFUSES(sender_unknown, OfAPublicMessage) { return Window().says({SenderType::member, 9}, removal(2)); }
REFUSES(own_message, OfAPublicMessage) {
    Window window;
    const auto message = window.circle[1].propose(removal(2), window.random, WireFormat::public_message);
    return window.judges(*message);
}
REFUSES(other_group, OfAPublicMessage) {
    Window window;
    return window.judges(propose_from_outside(as_bytes("other"), {1}, 1, window.service, removal(2)));
}
REFUSES(other_epoch, OfAPublicMessage) {
    Window window;
    return window.judges(propose_from_outside(as_bytes("group"), {0}, 1, window.service, removal(2)));
}
REFUSES(external_sender_unknown, BeyondTheExtension) {
    Window window;
    return window.outsider(2, window.service, removal(2));
}
REFUSES(external_sender_unknown, WithoutTheExtension) {
    FullCircle circle(2);
    const auto key = crypto::SigningKey::generate(circle.random);
    return refused(circle[1], propose_from_outside(as_bytes("group"), circle[1].epoch(), 0, key, removal(0)));
}
REFUSES(external_proposal_kind, Update) {
    Window window;
    return window.outsider(1, window.service, {Update{*window.state.tree.leaf({0})}});
}
REFUSES(external_proposal_kind, ExternalInit) {
    Window window;
    return window.outsider(1, window.service, {ExternalInit{}});
}
REFUSES(sender_content, ACommitFromOutside) { return Window().says({SenderType::external, 1}, Commit{}); }
REFUSES(sender_content, ACommitOfANewMembersProposal) {
    return Window().says({SenderType::new_member_proposal, 0}, Commit{});
}
REFUSES(sender_content, ARemoveByANewMember) { return Window().says({SenderType::new_member_proposal, 0}, removal(2)); }
REFUSES(sender_content, AProposalAsAnExternalCommit) {
    return Window().says({SenderType::new_member_commit, 0}, removal(2));
}

}  // namespace
}  // namespace veranda::mls
