// A relay that lies to whoever comes in: about whose it is, about cards, knocks, answers, Welcomes. The client has to
// refuse it, and name why. Nothing here needs a key that a relay does not have.
#include "tests/support/false_welcome.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

class HostileDoor : public HostileRelay {};

// ---- who it is ----

// She holds a Welcome already; that the knock is gone says nothing any more.
TEST_F(HostileDoor, CannotSendAwayWhoHasBeenAdmitted) {
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    lie_about<Admitted>(iris, [](const Admitted& admitted) {
        return Frames{admitted, KnockGone{admitted.admission.body.knock, KnockEnd::sent_away}};
    });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
    iris.cut(evening_.now);
    evening_.wait(2);
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

TEST_F(HostileDoor, OfAnotherOrganisationIsLeftAtOnce) {
    SmallOrganisation other(evening_.random, "Harbour");
    Phone& iris = evening_.phone();
    lie_about<ServerHello>(iris, [&](ServerHello hello) {
        hello.organisation = other.organisation;
        hello.staff_list = other.staff.head;
        return Frames{hello};
    });
    const auto link = circle::read_link(evening_.invite(amara_));
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("fingerprint_differs"));
    EXPECT_EQ(iris.phase(), Phase::refused);
}

TEST_F(HostileDoor, ThatRewritesTheOrganisationIsLeftAtOnce) {
    Phone& iris = evening_.phone();
    lie_about<ServerHello>(iris, [&](ServerHello hello) {
        hello.organisation.body.name = "Harbor";
        return Frames{hello};
    });
    const auto link = circle::read_link(evening_.invite(amara_));
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("organisation_signature"));
    EXPECT_EQ(iris.phase(), Phase::refused);
}

// A number to call is worth a lie: only what the root signed is ever shown.
TEST_F(HostileDoor, CannotSayWhomToCall) {
    SmallOrganisation& harbour = evening_.harbour;
    Phone& iris = evening_.phone();
    lie_about<ServerHello>(iris, [&](ServerHello hello) {
        hello.organisation.body.not_safe = {{{"en"}, "Call him."}};
        return Frames{hello};
    });
    const auto link = circle::read_link(evening_.invite(amara_));
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("organisation_signature"));
    EXPECT_TRUE(iris.all<NotSafeTextsEvent>().empty());

    Phone& joy = evening_.phone();
    Organisation body = harbour.organisation.body;
    body.not_safe = {{{"en"}, "Call 112.\nAsk for \x1b[2JHarbour."}};
    lie_about<ServerHello>(joy, [&](ServerHello hello) {
        hello.organisation = crypto::sign(body, harbour.root);
        return Frames{hello};
    });
    ASSERT_TRUE(joy.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    ASSERT_EQ(joy.all<NotSafeTextsEvent>().size(), 1U);
    EXPECT_EQ(joy.last<NotSafeTextsEvent>().texts[0].text.find('\x1b'), std::string::npos);
    EXPECT_EQ(joy.last<NotSafeTextsEvent>().texts[0].text.find("Call 112.\n"), 0U);
    // Signed anew without a text, it is gone from her screen with the next hello.
    body.not_safe.clear();
    joy.cut(evening_.now);
    evening_.wait(3);
    EXPECT_TRUE(joy.last<NotSafeTextsEvent>().texts.empty());
}

TEST_F(HostileDoor, CannotGoBackToAnOlderStaffList) {
    SmallOrganisation& harbour = evening_.harbour;
    const Signed<StaffListHead> shown = harbour.staff.head;
    Phone& iris = evening_.join(amara_, "Iris");
    lie_about<ServerHello>(iris, [&](ServerHello hello) {
        --hello.staff_list.body.number;
        hello.staff_list = crypto::sign(hello.staff_list.body, harbour.root);  // a list there once was
        return Frames{hello};
    });
    iris.cut(evening_.now);
    evening_.wait(5);
    EXPECT_TRUE(iris.saw("staff_list_went_back"));
    EXPECT_EQ(iris.phase(), Phase::refused);
    EXPECT_EQ(shown, harbour.staff.head);
}

TEST_F(HostileDoor, CannotShowAStaffListThatHasRunOut) {
    SmallOrganisation& harbour = evening_.harbour;
    StaffList old = harbour.staff;
    old.head.body.good_until = UnixSeconds{test_time.value - 60};
    old.head = crypto::sign(old.head.body, harbour.root);
    Phone& iris = evening_.phone();
    iris.hear = [&](Bytes& message) {
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            ServerFrame frame = std::get<ServerFrame>(received.frame);
            if (auto* hello = std::get_if<ServerHello>(&frame)) hello->staff_list = old.head;
            if (auto* list = std::get_if<StaffListFrame>(&frame)) list->list = old;
            std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, frame);
        }
        message = changed;
    };
    const auto link = circle::read_link(evening_.invite(amara_));
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("staff_list_run_out"));
    EXPECT_EQ(iris.phase(), Phase::refused);
}

// ---- on the way in ----

TEST_F(HostileDoor, CannotSwapTheCardOfAnInvite) {
    evening_.open(evening_.invite(amara_));
    const auto other = last_heard<CardFrame>(evening_.phones.back());
    ASSERT_TRUE(other);
    Phone& iris = evening_.phone();
    lie_about<CardFrame>(iris, [&](CardFrame) { return Frames{*other}; });
    const auto link = circle::read_link(evening_.invite(amara_));
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("card_not_ours"));
    EXPECT_EQ(iris.phase(), Phase::refused);
    EXPECT_TRUE(iris.all<InvitationEvent>().empty());
}

TEST_F(HostileDoor, CannotSwapAKnock) {
    evening_.knock(evening_.invite(amara_), "Joy");
    const auto joys = last_heard<KnockWaiting>(amara_);
    ASSERT_TRUE(joys);
    const std::size_t seen = amara_.all<KnockEvent>().size();
    lie_about<KnockWaiting>(amara_, [&](KnockWaiting mine) {  // Joy's seal in Iris's envelope
        mine.envelope.body.sealed = joys->envelope.body.sealed;
        return Frames{mine};
    });
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    EXPECT_TRUE(amara_.saw("knock_not_opened"));
    EXPECT_EQ(amara_.all<KnockEvent>().size(), seen);
    EXPECT_EQ(iris.phase(), Phase::waiting);
    EXPECT_FALSE(amara_.client.admit("Iris", evening_.now));
}

TEST_F(HostileDoor, CannotChangeAKnock) {
    lie_about<KnockWaiting>(amara_, [&](KnockWaiting mine) {
        mine.envelope.body.sealed.back() ^= 1;
        return Frames{mine};
    });
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    EXPECT_TRUE(amara_.saw("knock_not_opened"));
    EXPECT_TRUE(amara_.all<KnockEvent>().empty());
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST_F(HostileDoor, ThatSaysNoByItselfEndsNoWaiting) {
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    const KnockId knock = circle::knock_id(last_heard<KnockWaiting>(amara_)->envelope);
    const StaffCredential amaras = *last_heard<Entered>(amara_)->genesis.opener.body.staff;
    const crypto::SigningKey own_key = crypto::SigningKey::generate(evening_.random);
    invent(iris, KnockRefused{crypto::sign(KnockRefusal{room(), knock, KnockRefusalReason::not_now, "Go away.", amaras},
                                           own_key)});
    EXPECT_TRUE(iris.saw("refusal_unsigned"));
    EXPECT_FALSE(iris.saw("knock_refused"));
    EXPECT_EQ(iris.phase(), Phase::waiting);
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

TEST_F(HostileDoor, CannotRefuseWithTheWordsForAnotherKnock) {
    Phone& joy = evening_.knock(evening_.invite(amara_), "Joy");
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    ASSERT_TRUE(amara_.client.refuse("Joy", evening_.now));
    evening_.settle();
    const auto joys = last_heard<KnockRefused>(joy);
    ASSERT_TRUE(joys);
    invent(iris, *joys);
    EXPECT_TRUE(iris.saw("refusal_unsigned"));
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST_F(HostileDoor, CannotReplayAWelcome) {
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    lie_about<Admitted>(iris, [](Admitted admitted) { return Frames{admitted, admitted}; });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("welcome_twice"));
    EXPECT_EQ(iris.phase(), Phase::in_group);
    const auto again = last_heard<Admitted>(iris);
    evening_.say(iris, "one");
    invent(iris, *again);  // and once more, when she is in
    evening_.say(iris, "two");
    EXPECT_EQ(amara_.texts(), (Texts{"Iris: one", "Iris: two"}));
}

TEST_F(HostileDoor, CannotAdmitHerWithAnothersAdmissionOrWelcome) {
    Phone& joy = evening_.join(amara_, "Joy");
    const auto joys = last_heard<Admitted>(joy);
    ASSERT_TRUE(joys);
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    std::optional<Admitted> hers;
    lie_about<Admitted>(iris, [&](Admitted mine) {
        hers = mine;
        return Frames{*joys};
    });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("welcome_other_room"));
    EXPECT_EQ(iris.phase(), Phase::waiting);

    ASSERT_TRUE(hers);
    iris.hear = {};
    const std::size_t errors = iris.all<ErrorEvent>().size();
    Admitted mixed = *hers;
    mixed.welcome_head = joys->welcome_head;
    mixed.welcome_tail = joys->welcome_tail;
    invent(iris, mixed);
    EXPECT_EQ(iris.all<ErrorEvent>().size(), errors + 1);
    EXPECT_EQ(iris.phase(), Phase::waiting);
    invent(iris, *hers);  // her own is still good
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

TEST_F(HostileDoor, CannotAdmitHerToTheSameFacilitatorsOtherRoom) {
    Phone& other_room = evening_.host(evening_.amara, "Another");
    Phone& joy = evening_.join(other_room, "Joy");
    const auto joys = last_heard<Admitted>(joy);
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    lie_about<Admitted>(iris, [&](Admitted mine) {
        mine.admission.body.room = joys->admission.body.room;
        return Frames{mine};
    });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("welcome_other_room"));
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST_F(FalseWelcome, IsRefusedUnlessItIsSignedByStaffOfThatRoom) {
    EXPECT_EQ(welcomed_by(circle::member_identity("Joy"), other_key_), circle::faults::welcome_signer.name);
    EXPECT_EQ(welcomed_by(to_bytes(as_bytes("nobody")), other_key_), circle::faults::welcome_signer.name);
    EXPECT_EQ(welcomed_by(circle::staff_identity(credential(evening_.amara)), other_key_),
              circle::faults::welcome_signer.name);  // Amara's credential, shown by another leaf
    EXPECT_EQ(welcomed_by(circle::staff_identity(credential(mina_)), session_key_),
              circle::faults::welcome_signer.name);
    // One that is in order she believes, and asks to enter. Only the true relay then knows nothing of her.
    EXPECT_EQ(welcomed_by(circle::staff_identity(credential(evening_.amara)), session_key_), "not_in_room");
}

TEST_F(HostileDoor, CannotRewriteAnAdmission) {
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    lie_about<Admitted>(iris, [&](Admitted mine) {
        mine.admission.body.level = Level::listens;
        return Frames{mine};
    });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("admission_signer"));
    EXPECT_EQ(iris.phase(), Phase::refused);
}

TEST_F(HostileDoor, CannotShowAnotherRoomsGenesis) {
    Phone& other_room = evening_.host(evening_.blessing, "Another");
    const auto others = last_heard<Entered>(other_room);
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    lie_about<Entered>(iris, [&](Entered mine) {
        mine.genesis = others->genesis;
        return Frames{mine};
    });
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_TRUE(iris.saw("genesis_invalid"));
    EXPECT_EQ(iris.phase(), Phase::refused);
}

// A bug: an Entered that came before any Welcome was taken for that of a room which she had opened herself, and moved a
// group out of nothing.
TEST_F(HostileDoor, CannotLetHerInBeforeAWelcome) {
    evening_.join(amara_, "Joy");
    const auto joys = last_heard<Entered>(evening_.phones.back());
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    invent(iris, *joys);
    EXPECT_EQ(iris.phase(), Phase::waiting);
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

}  // namespace
}  // namespace veranda::client
