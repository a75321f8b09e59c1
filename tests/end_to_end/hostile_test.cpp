// Strangers, thieves and outsiders against a real server that has a real room: each is refused by name, the room's own
// facilitator notices nothing, and the server stays up.
#include "crypto/sealed/signed_make.hpp"
#include "tests/support/wired_client.hpp"

namespace veranda::tests {
namespace {

class Hostile : public testing::Test {
protected:
    Hostile() : amara_(server_) {}

    void SetUp() override {
        client::GroupPlan plan;
        plan.name = "Evening group";
        ASSERT_TRUE(amara_.client.host(clone(*server_.amara), plan, now_of_this_machine()));
        ASSERT_TRUE(amara_.run_until(client::Phase::in_group));
        ASSERT_TRUE(amara_.last_sent<OpenRoom>());
        room_ = amara_.last_sent<OpenRoom>()->genesis.body.room;
    }
    // After every test: the facilitator is in her room, and it does what she asks.
    void TearDown() override {
        ASSERT_TRUE(amara_.client.invite(false, now_of_this_machine()));
        EXPECT_TRUE(amara_.run_until_event<client::InviteEvent>());
        EXPECT_EQ(http_get(server_.port, "/healthz").status, 200);
    }

    Signed<AccessProof> proof(const FrameSocket& at, const crypto::SigningKey& key, const RoomId& room) const {
        return crypto::sign(AccessProof{room, server_.origin(), at.hello.challenge, AccessKey{key.public_key().bytes}},
                            key);
    }

    HeldServer server_;
    WiredClient amara_;
    RoomId room_;
};

TEST_F(Hostile, NothingIsAnsweredBeforeAGreeting) {
    FrameSocket stranger(server_.port, false);
    const crypto::SigningKey key = crypto::SigningKey::generate(server_.random);
    EXPECT_EQ(stranger.why(GetStaffList{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(FindCard{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(KnockFrame{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(Enter{proof(stranger, key, room_), {}}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(*amara_.last_sent<OpenRoom>()), Refusal::not_yet);
    EXPECT_TRUE(std::holds_alternative<Done>(stranger.ask(ClientHello{})));  // and then it is
}

TEST_F(Hostile, AStrangerInNoRoomCanDoNothingToOne) {
    FrameSocket stranger(server_.port);
    EXPECT_EQ(stranger.why(Submit{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(Admit{}), Refusal::not_yet);
    OrderFrame order;
    order.order.body.room = room_;
    order.order.body.kind = OrderKind::end;
    EXPECT_EQ(stranger.why(order), Refusal::not_yet);
    EXPECT_EQ(stranger.why(PostCards{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(WithdrawCards{}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(ClaimLease{LeaseKind::admitting, false}), Refusal::not_yet);
    EXPECT_EQ(stranger.why(Leave{}), Refusal::not_yet);
}

TEST_F(Hostile, AKeyThatNobodyAdmittedOpensNoRoom) {
    FrameSocket stranger(server_.port);
    const crypto::SigningKey key = crypto::SigningKey::generate(server_.random);
    EXPECT_EQ(stranger.why(Enter{proof(stranger, key, room_), {}}), Refusal::not_in_room);
    EXPECT_EQ(stranger.why(Enter{proof(stranger, key, RoomId{}), {}}), Refusal::no_such_room);
}

TEST_F(Hostile, AProofIsGoodOnItsOwnConnectionOnly) {
    FrameSocket thief(server_.port);
    const auto hers = amara_.last_sent<OpenRoom>()->proof;  // of her connection's challenge
    EXPECT_EQ(thief.why(Enter{hers, {}}), Refusal::access_signature);
    Signed<AccessProof> rewritten = hers;
    rewritten.body.challenge = thief.hello.challenge;
    EXPECT_EQ(thief.why(Enter{rewritten, {}}), Refusal::access_signature);
}

TEST_F(Hostile, AProofForAnotherOriginIsNone) {
    FrameSocket stranger(server_.port);
    const crypto::SigningKey key = crypto::SigningKey::generate(server_.random);
    for (const std::string& origin :
         {std::string("https://elsewhere.example"), server_.origin() + "0", std::string()}) {
        AccessProof body = proof(stranger, key, room_).body;
        body.origin = origin;
        EXPECT_EQ(stranger.why(Enter{crypto::sign(body, key), {}}), Refusal::access_signature) << origin;
    }
}

TEST_F(Hostile, SomebodyElsesRoomCannotBeOpenedAgain) {
    FrameSocket thief(server_.port);
    OpenRoom again = *amara_.last_sent<OpenRoom>();
    EXPECT_EQ(thief.why(again), Refusal::access_signature);  // her proof is of her connection
    const crypto::SigningKey key = crypto::SigningKey::generate(server_.random);
    again.proof = proof(thief, key, room_);
    EXPECT_EQ(thief.why(again), Refusal::admission_invalid);  // the opener's admission names her key
}

TEST_F(Hostile, StaffOfAnotherOrganisationOpenNoRoom) {
    SmallOrganisation other(server_.random, "Harbour");
    other.now = server_.harbour.now;
    WiredClient mallory(server_);
    client::GroupPlan plan;
    plan.name = "Another";
    ASSERT_TRUE(mallory.client.host(other.certify("Mallory"), plan, now_of_this_machine()));
    EXPECT_TRUE(mallory.run_until(client::Phase::refused));
    ASSERT_TRUE(mallory.last_heard<Refused>());
    EXPECT_EQ(mallory.last_heard<Refused>()->refusal, Refusal::staff_certificate);
}

TEST_F(Hostile, AFrameThatOnlyTheRelaySendsIsUnknownFromAClient) {
    FrameSocket stranger(server_.port);
    const ServerFrame answer = stranger.ask(RoomGone{GoneReason::ended});
    const auto* refused = std::get_if<Refused>(&answer);
    ASSERT_NE(refused, nullptr);
    EXPECT_EQ(refused->refusal, Refusal::unknown_frame);
    EXPECT_EQ(refused->detail, static_cast<std::uint64_t>(FrameType::room_gone));
}

TEST_F(Hostile, AKnockOnACardThatIsNotThereIsRefused) {
    FrameSocket stranger(server_.port);
    KnockFrame knock;
    knock.envelope.body.sealed = Bytes(2'000, 7);
    EXPECT_EQ(stranger.why(knock), Refusal::no_such_card);
}

TEST_F(Hostile, OneCardAConnectionIsLookedFor) {
    FrameSocket guesser(server_.port);
    EXPECT_EQ(guesser.why(FindCard{CardId{server_.random.array<CardId::size>()}}), Refusal::no_such_card);
    EXPECT_EQ(guesser.why(FindCard{CardId{server_.random.array<CardId::size>()}}), Refusal::one_card_a_connection);
}

// Each is a message that is wrong in one place; the connection ends, and nothing of the message was used.
TEST_F(Hostile, AFaultyMessageIsUsedInNoPart) {
    const Bytes hello = encode_frame(ClientHello{}, RequestId{1});
    std::vector<Bytes> messages;
    for (std::size_t length = 0; length < hello.size(); ++length)  // truncated at every place
        messages.emplace_back(hello.begin(), hello.begin() + static_cast<std::ptrdiff_t>(length));
    Bytes longer = hello;
    longer.push_back(0);
    messages.push_back(longer);
    Bytes second_faulty = hello;  // a good frame and a bad one
    append(second_faulty, as_bytes("garbage"));
    messages.push_back(second_faulty);
    Bytes promises = encode_frame_bytes(FrameType::submit, RequestId{2}, Bytes(16, 1));
    append(promises, Bytes{0xbf, 0xff, 0xff, 0xff});  // a vector of a gigabyte, of which nothing comes
    messages.push_back(promises);
    messages.push_back(encode_frame_bytes(FrameType::submit, RequestId{3}, Bytes(16, 1)));         // half a body
    messages.push_back(encode_frame_bytes(FrameType::client_hello, RequestId{4}, Bytes(300, 0)));  // too much of one
    for (const Bytes& message : messages) {
        FrameSocket stranger(server_.port, false);
        ASSERT_TRUE(stranger.send(message));
        EXPECT_EQ(stranger.wait_for_close_code(), 1002) << message.size();
    }
}

TEST_F(Hostile, AFrameLargerThanItsKindMayBeIsCutAsTooBig) {
    FrameSocket stranger(server_.port);
    ASSERT_TRUE(stranger.send(
        encode_frame_bytes(FrameType::submit, RequestId{9}, Bytes(frame_bytes_max(FrameType::submit) + 1, 0))));
    EXPECT_EQ(stranger.wait_for_close_code(), 1009);
}

TEST_F(Hostile, ARandomMessageNeverEndsTheServer) {
    for (int round = 0; round < 200; ++round) {
        FrameSocket stranger(server_.port, false);
        Bytes message = encode_frame(Enter{}, RequestId{1});
        for (int i = 0; i < 1 + round % 4; ++i) {
            const auto dice = server_.random.array<3>();
            message[static_cast<std::size_t>(dice[0] | dice[1] << 8) % message.size()] = dice[2];
        }
        ASSERT_TRUE(stranger.send(message));
    }
}

}  // namespace
}  // namespace veranda::tests
