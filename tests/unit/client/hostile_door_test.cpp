// A relay that lies to whoever comes in: about whose it is, about cards, knocks, answers, Welcomes. The client has to
// refuse it, and name why. Nothing here needs a key that a relay does not have.
#include "tests/support/hostile_relay.hpp"

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

// Whoever holds a card's secrets and is no facilitator any more, or gave them away: the card is Amara's own, the knock
// and the admission are in order, but the Welcome leads into a group that somebody else keeps. The relay hands it over.
class FalseWelcome : public HostileRelay {
protected:
    // A phone that has knocked on the card; its knock is taken off the wire, and opened.
    void SetUp() override {
        evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                                 evening_.now.wall);
        const auto link = circle::read_link(evening_.invite(amara_));
        const circle::Pass pass = circle::Pass::from(link->entropy);
        Card body;
        body.room = room();
        body.kind = CardKind::first_invite;
        body.issuer = credential(evening_.amara);
        body.issuer_member = amara_id();
        body.expires_at = UnixSeconds{test_time.value + 600};
        const CardId place = circle::card_id(pass.keys(), circle::day_of(evening_.now.wall, 0));
        auto card = circle::make_card(body, session_key_, pass.keys(), place, evening_.random);
        ASSERT_TRUE(card);
        lie_about<CardFrame>(iris_, [&](CardFrame) { return Frames{CardFrame{card->posted.sealed}}; });
        ASSERT_TRUE(iris_.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
        evening_.settle();
        ASSERT_TRUE(iris_.client.knock("Iris", evening_.now));
        circle::TrustedStaff trust{evening_.harbour.anchor()};
        ASSERT_TRUE(trust.accept_hello(evening_.harbour.organisation, evening_.harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(evening_.harbour.staff));
        Genesis genesis;
        genesis.room = room();
        genesis.kind = RoomKind::group;
        for (const Action& action : iris_.client.take_actions()) {
            const auto* send = std::get_if<Send>(&action);
            if (send == nullptr) continue;
            for (const auto& received : client_frames(send->message))
                if (const auto* frame = std::get_if<KnockFrame>(&std::get<ClientFrame>(received.frame))) {
                    auto opened = circle::open_knock(frame->envelope, card->secrets, genesis, trust, test_time);
                    ASSERT_TRUE(opened);
                    knock_id_ = circle::knock_id(frame->envelope);
                    knock_.emplace(*std::move(opened));
                }
        }
        ASSERT_TRUE(knock_);
    }
    StaffCredential credential(const StaffKeys& keys) const {
        const SessionStatement body{.room = room(),
                                    .certificate = crypto::hash_of(keys.certificate),
                                    .session_key = session_key_.public_key(),
                                    .lane_key = keys.sealing.public_key,
                                    .role = keys.certificate.body.role,
                                    .kind = RoomKind::group,
                                    .not_before = UnixSeconds{test_time.value - 60},
                                    .not_after = UnixSeconds{test_time.value + 3600}};
        return {keys.certificate, crypto::sign(body, keys.key)};
    }
    // Sends her a Welcome from a leaf of this identity and key. What her client says to it.
    std::string welcomed_by(Bytes identity, const crypto::SigningKey& key) {
        auto own = mls::make_key_package(std::move(identity), key.clone(), UnixSeconds{test_time.value - 60},
                                         UnixSeconds{test_time.value + 3600}, evening_.random);
        const auto group = mls::Group::create(room(), std::move(own), evening_.random);
        const auto commit = group.commit({&knock_->key_package, 1}, {}, evening_.random);
        EXPECT_TRUE(commit);
        const Admission admission{.room = room(),
                                  .admitted_by = amara_id(),
                                  .member = MemberId{{9}},
                                  .access_key = knock_->knock.access_key,
                                  .leaf_key = leaf_key(),
                                  .level = Level::speaks,
                                  .knock = knock_id_,
                                  .staff = std::nullopt};
        iris_.events.clear();
        invent(iris_, Admitted{Sequence{1}, crypto::sign(admission, session_key_), commit->welcome.heads[0],
                               commit->welcome.tail});
        return iris_.last<ErrorEvent>().code;
    }
    SignatureKey leaf_key() const {
        SignatureKey key;
        std::copy_n(knock_->key_package.leaf.signature_key.begin(), SignatureKey::size, key.bytes.begin());
        return key;
    }

    crypto::SigningKey session_key_ = crypto::SigningKey::generate(evening_.random);
    crypto::SigningKey other_key_ = crypto::SigningKey::generate(evening_.random);
    StaffKeys mina_ = evening_.harbour.certify("Mina", Role::mediator);  // who commits in no group
    Phone& iris_ = evening_.phone();
    std::optional<circle::OpenedKnock> knock_;
    KnockId knock_id_;
};

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
