// A relay that lies. What it sends to one client is changed on the way; the client has to refuse it, and name why.
// Nothing here needs a key that a relay does not have, unless the test says whose help it has.
#include <gtest/gtest.h>

#include "tests/support/keeper.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

using Frames = std::vector<ServerFrame>;

// By value, so that a loop over them keeps them.
std::vector<Received<ServerFrame>> server_frames(ByteView message) {
    auto frames = decode_server_message(message);
    return frames ? *std::move(frames) : std::vector<Received<ServerFrame>>{};
}
std::vector<Received<ClientFrame>> client_frames(ByteView message) {
    auto frames = decode_client_message(message);
    return frames ? *std::move(frames) : std::vector<Received<ClientFrame>>{};
}

// Whatever frames of this kind the relay sends her become what `lie` makes of them: one, none or several.
template <class Frame>
void lie_about(Phone& phone, std::function<Frames(Frame)> lie) {
    phone.hear = [lie](Bytes& message) {
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            const auto& frame = std::get<ServerFrame>(received.frame);
            const auto* mine = std::get_if<Frame>(&frame);
            for (const ServerFrame& each : mine != nullptr ? lie(*mine) : Frames{frame})
                std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, each);
        }
        message = std::move(changed);
    };
}

// The same, for log entries.
void lie_about_entries(Phone& phone, std::function<std::vector<LogEntry>(LogEntry)> lie) {
    lie_about<EntryFrame>(phone, [lie](EntryFrame frame) {
        Frames frames;
        for (LogEntry& entry : lie(std::move(frame.entry))) frames.push_back(EntryFrame{std::move(entry)});
        return frames;
    });
}

class HostileRelay : public testing::Test {
protected:
    HostileRelay() : amara_(evening_.host(evening_.amara)) {}

    // Gives her a frame that nobody sent.
    template <class Frame>
    void invent(Phone& phone, const Frame& frame) {
        phone.client.received(encode_frame(frame), evening_.now);
        evening_.settle();
    }
    // Puts an entry into her log that is not in anybody else's.
    void invent_entry(Phone& phone, EntryKind kind, Bytes body, MemberId sender = {}) {
        Sequence& last = invented_[&phone];
        last = std::max(last, last_heard<Entered>(phone)->last);
        for (const LogEntry& entry : log_heard_by(phone)) last = std::max(last, entry.sequence);
        last = last.next();
        invent(phone, EntryFrame{LogEntry{last, evening_.now.wall, sender, kind, std::move(body)}});
    }
    template <class Frame>
    std::optional<Frame> last_heard(const Phone& phone) const {
        std::optional<Frame> found;
        for (const Bytes& message : phone.heard)
            for (const auto& received : server_frames(message))
                if (const auto* known = std::get_if<ServerFrame>(&received.frame))
                    if (const auto* frame = std::get_if<Frame>(known)) found = *frame;
        return found;
    }
    RoomId room() const { return last_heard<Entered>(amara_)->genesis.genesis.body.room; }
    MemberId amara_id() const { return last_heard<Entered>(amara_)->self; }
    Order order(OrderKind kind, MemberId signer, MemberId member = {}) const {
        Order made;
        made.room = room();
        made.signer = signer;
        made.number = SignerNumber{1};
        made.kind = kind;
        made.member = member;
        return made;
    }

    Evening evening_;
    Phone& amara_;
    std::map<const Phone*, Sequence> invented_;
};

// ---- who it is ----

TEST_F(HostileRelay, OfAnotherOrganisationIsLeftAtOnce) {
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

TEST_F(HostileRelay, ThatRewritesTheOrganisationIsLeftAtOnce) {
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

TEST_F(HostileRelay, CannotGoBackToAnOlderStaffList) {
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

TEST_F(HostileRelay, CannotShowAStaffListThatHasRunOut) {
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

TEST_F(HostileRelay, CannotSwapTheCardOfAnInvite) {
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

TEST_F(HostileRelay, CannotSwapAKnock) {
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

TEST_F(HostileRelay, CannotChangeAKnock) {
    lie_about<KnockWaiting>(amara_, [&](KnockWaiting mine) {
        mine.envelope.body.sealed.back() ^= 1;
        return Frames{mine};
    });
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    EXPECT_TRUE(amara_.saw("knock_not_opened"));
    EXPECT_TRUE(amara_.all<KnockEvent>().empty());
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST_F(HostileRelay, ThatSaysNoByItselfEndsNoWaiting) {
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

TEST_F(HostileRelay, CannotRefuseWithTheWordsForAnotherKnock) {
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

TEST_F(HostileRelay, CannotReplayAWelcome) {
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

TEST_F(HostileRelay, CannotAdmitHerWithAnothersAdmissionOrWelcome) {
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

TEST_F(HostileRelay, CannotAdmitHerToTheSameFacilitatorsOtherRoom) {
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

TEST_F(HostileRelay, CannotRewriteAnAdmission) {
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

TEST_F(HostileRelay, CannotShowAnotherRoomsGenesis) {
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

// ---- who is in ----

TEST_F(HostileRelay, CannotPutSomeoneInWhomNobodyAdmitted) {
    Phone& iris = evening_.join(amara_, "Iris");
    lie_about_entries(iris, [](LogEntry entry) {
        if (entry.kind == EntryKind::admit) {
            auto admit = *tls::decode<AdmitEntry>(entry.body);
            admit.admissions.clear();
            entry.body = tls::encode(admit);
        }
        return std::vector<LogEntry>{entry};
    });
    Phone& joy = evening_.join(amara_, "Joy");
    EXPECT_EQ(iris.last<ComposerEvent>().why, "unvouched_member");
    EXPECT_FALSE(iris.client.say("who is this?", evening_.now));
    ASSERT_EQ(iris.client.roster().size(), 3U);
    EXPECT_FALSE(iris.client.roster()[2].vouched);
    evening_.say(joy, "hello");  // and what she says is not shown
    EXPECT_TRUE(iris.saw("unvouched_sender"));
    EXPECT_TRUE(iris.texts().empty());
}

TEST_F(HostileRelay, CannotHideAnAdmissionFromWhoComesLater) {
    evening_.join(amara_, "Iris");
    Phone& joy = evening_.knock(evening_.invite(amara_), "Joy");
    lie_about<Entered>(joy, [&](Entered mine) {
        std::erase_if(mine.admissions, [](const auto& each) { return !each.body.staff; });
        return Frames{mine};
    });
    ASSERT_TRUE(amara_.client.admit("Joy", evening_.now));
    evening_.settle();
    EXPECT_EQ(joy.last<ComposerEvent>().why, "unvouched_member");
    EXPECT_FALSE(joy.client.say("hello?", evening_.now));
}

TEST_F(HostileRelay, CannotPassOnAMembersCommit) {
    Phone& iris = evening_.join(amara_, "Iris");
    Keeper joy(evening_, evening_.invite(amara_), "Joy");  // a member who helps it
    ASSERT_TRUE(amara_.client.admit("Joy", evening_.now));
    evening_.settle();
    joy.read();
    ASSERT_TRUE(joy.is_in());
    mls::LeafIndex iriss{};
    for (const mls::Member& member : joy.groups.back().roster()) {
        const auto identity = circle::read_identity(member.identity);
        if (identity->pseudonym && *identity->pseudonym == "Iris") iriss = member.leaf;
    }
    const std::vector<mls::LeafIndex> removes{iriss};
    const auto commit = joy.groups.back().commit({}, removes, evening_.random);
    ASSERT_TRUE(commit);
    invent_entry(iris, EntryKind::commit, commit->message);
    EXPECT_TRUE(iris.saw("only_staff_commit"));
    EXPECT_EQ(iris.phase(), Phase::in_group);
    invent_entry(amara_, EntryKind::commit, commit->message);
    EXPECT_TRUE(amara_.saw("only_staff_commit"));
    EXPECT_EQ(amara_.client.roster().size(), 3U);
}

// ---- orders ----

TEST_F(HostileRelay, CannotGiveAnOrder) {
    Phone& iris = evening_.join(amara_, "Iris");
    const MemberId iris_id = last_heard<Entered>(iris)->self;
    const crypto::SigningKey own_key = crypto::SigningKey::generate(evening_.random);
    invent_entry(iris, EntryKind::order, tls::encode(crypto::sign(order(OrderKind::end, amara_id()), own_key)));
    EXPECT_TRUE(iris.saw("order_signer"));
    EXPECT_EQ(iris.phase(), Phase::in_group);
    invent_entry(iris, EntryKind::order, tls::encode(crypto::sign(order(OrderKind::end, iris_id), own_key)));
    EXPECT_EQ(iris.all<ErrorEvent>().size(), 2U);  // nor one of a member
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

TEST_F(HostileRelay, CannotUseAnOrderThatARemovedFacilitatorSigns) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    ASSERT_TRUE(blessing.client.remove("Iris", evening_.now));
    std::optional<Signed<Order>> hers;  // signed, and kept from the log
    for (const Action& action : blessing.client.take_actions()) {
        const auto* send = std::get_if<Send>(&action);
        if (send == nullptr) continue;
        for (const auto& received : client_frames(send->message))
            if (const auto* frame = std::get_if<OrderFrame>(&std::get<ClientFrame>(received.frame)))
                hers = frame->order;
    }
    ASSERT_TRUE(hers);
    ASSERT_TRUE(amara_.client.remove("Blessing", evening_.now));
    evening_.settle();
    EXPECT_EQ(blessing.phase(), Phase::removed);
    invent_entry(iris, EntryKind::order, tls::encode(*hers));
    EXPECT_TRUE(iris.saw("order_signer"));
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(iris.client.roster().size(), 2U);
}

TEST_F(HostileRelay, CannotReplayAnOrder) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.join(amara_, "Joy");
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    evening_.settle();
    Bytes removal;
    for (const LogEntry& entry : log_heard_by(iris))
        if (entry.kind == EntryKind::order) removal = entry.body;
    ASSERT_FALSE(removal.empty());
    invent_entry(iris, EntryKind::order, removal);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
    EXPECT_TRUE(iris.all<ErrorEvent>().empty());
}

TEST_F(HostileRelay, CannotRemoveOrEndByItsWordAlone) {
    Phone& iris = evening_.join(amara_, "Iris");
    for (const GoneReason reason : {GoneReason::removed, GoneReason::ended}) {
        invent(iris, RoomGone{reason});
        EXPECT_TRUE(iris.saw("room_closed_by_server"));
        EXPECT_EQ(iris.phase(), Phase::reconnecting);
        evening_.wait(5);
        EXPECT_EQ(iris.phase(), Phase::in_group);
    }
    EXPECT_FALSE(iris.saw("removed"));
    EXPECT_FALSE(iris.saw("ended"));
}

// A bug: an Entered that came before any Welcome was taken for that of a room which she had opened herself, and moved a
// group out of nothing.
TEST_F(HostileRelay, CannotLetHerInBeforeAWelcome) {
    evening_.join(amara_, "Joy");
    const auto joys = last_heard<Entered>(evening_.phones.back());
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    invent(iris, *joys);
    EXPECT_EQ(iris.phase(), Phase::waiting);
    ASSERT_TRUE(amara_.client.admit("Iris", evening_.now));
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

// ---- the log ----

TEST_F(HostileRelay, ThatLeavesAnEntryOutIsAskedAgain) {
    Phone& iris = evening_.join(amara_, "Iris");
    std::size_t left_out = 0;
    lie_about_entries(iris, [&](LogEntry entry) {
        if (entry.kind == EntryKind::application && left_out++ == 0) return std::vector<LogEntry>{};
        return std::vector<LogEntry>{entry};
    });
    evening_.say(amara_, "one");
    evening_.say(amara_, "two");
    evening_.wait(5);
    EXPECT_GE(left_out, 2U);
    EXPECT_EQ(iris.texts(), (Texts{"Amara: one", "Amara: two"}));
    EXPECT_FALSE(iris.saw("log_forked"));
}

TEST_F(HostileRelay, ThatTurnsTwoEntriesAroundIsAskedAgain) {
    Phone& iris = evening_.join(amara_, "Iris");
    std::optional<LogEntry> held;
    std::size_t turned = 0;
    lie_about_entries(iris, [&](LogEntry entry) {
        if (turned > 0) return std::vector<LogEntry>{entry};
        if (!held) {
            held = entry;
            return std::vector<LogEntry>{};
        }
        ++turned;
        return std::vector<LogEntry>{entry, *held};
    });
    evening_.say(amara_, "one");
    evening_.say(amara_, "two");
    evening_.wait(5);
    EXPECT_EQ(turned, 1U);
    EXPECT_EQ(iris.texts(), (Texts{"Amara: one", "Amara: two"}));
}

TEST_F(HostileRelay, ThatSendsEntriesTwiceIsHeardOnce) {
    Phone& iris = evening_.join(amara_, "Iris");
    lie_about_entries(iris, [](LogEntry entry) { return std::vector<LogEntry>{entry, entry}; });
    evening_.say(amara_, "one");
    evening_.say(iris, "two");
    evening_.wait(60);
    EXPECT_EQ(iris.texts(), (Texts{"Amara: one", "Iris: two"}));
    EXPECT_TRUE(iris.last<ComposerEvent>().open);
}

TEST_F(HostileRelay, CannotSayAMessageAgainUnderANewNumber) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.say(amara_, "yes");
    const LogEntry yes = log_heard_by(iris).back();
    invent_entry(iris, EntryKind::application, yes.body, yes.sender);
    EXPECT_EQ(iris.texts(), Texts{"Amara: yes"});
    EXPECT_TRUE(iris.saw("message_not_read"));
}

TEST_F(HostileRelay, CannotSayAMessageAsSomebodyElse) {
    Phone& iris = evening_.join(amara_, "Iris");
    Phone& joy = evening_.join(amara_, "Joy");
    const MemberId amaras = amara_id();
    lie_about_entries(iris, [&](LogEntry entry) {
        entry.sender = amaras;
        return std::vector<LogEntry>{entry};
    });
    evening_.say(joy, "I am Joy");
    EXPECT_EQ(iris.texts(), Texts{"Joy: I am Joy"});
    EXPECT_EQ(iris.last<MessageEvent>().role, Role::member);
}

// Iris is shown a log without one message of Amara's, numbered as if it had never been. Nothing is missing that she
// could see; only the pulses know.
class ForkedLog : public HostileRelay {
protected:
    void fork(Phone& phone) {
        lie_about_entries(phone, [this](LogEntry entry) {
            if (entry.kind == EntryKind::application && hidden_++ == 0) return std::vector<LogEntry>{};
            if (hidden_ > 0) entry.sequence = Sequence{entry.sequence.value - 1};
            return std::vector<LogEntry>{entry};
        });
        evening_.say(amara_, "do not follow any link tonight");
    }
    std::size_t hidden_ = 0;
};

TEST_F(ForkedLog, IsNoticedByAMemberAtTheNextPulse) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.wait(30);  // her chain begins with a pulse
    fork(iris);
    EXPECT_TRUE(iris.texts().empty());
    EXPECT_FALSE(iris.saw("log_forked"));
    evening_.wait(45);
    EXPECT_TRUE(iris.saw("log_forked"));
    EXPECT_EQ(iris.last<ComposerEvent>().why, "log_forked");
    EXPECT_FALSE(iris.client.say("hello?", evening_.now));
    iris.hear = {};
    evening_.wait(60);
    EXPECT_EQ(iris.last<ComposerEvent>().why, "log_forked");  // for good
}

TEST_F(ForkedLog, IsNoticedByAFacilitatorWhoCommitsNoMore) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(30);
    fork(blessing);
    evening_.wait(45);
    ASSERT_TRUE(blessing.saw("log_forked"));
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    (void)blessing.client.admit("Iris", evening_.now);
    evening_.settle();
    evening_.wait(5);
    EXPECT_EQ(iris.phase(), Phase::waiting);
}

TEST_F(HostileRelay, ThatFallsSilentClosesTheComposer) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.wait(30);
    iris.hear = [](Bytes& message) { message.clear(); };
    evening_.wait(60);
    EXPECT_EQ(iris.last<ComposerEvent>().why, "no_facilitator");
}

// Whatever a relay ever sends, sent at any moment: the client may refuse, complain or go, but it goes on or ends in
// order. Everyone's keys come from one seed, so that signatures hold in every evening.
enum class Moment { greeted, invited, waiting, in_group, cut, hosting };

class AnyFrame : public testing::TestWithParam<Moment> {
protected:
    static const std::vector<Bytes>& recorded() {
        static const std::vector<Bytes> frames = [] {
            Evening evening;
            Phone& amara = evening.host(evening.amara);
            Phone& iris = evening.join(amara, "Iris");
            Phone& blessing = evening.join_staff(amara, evening.blessing);
            Phone& ivy = evening.knock(evening.invite(amara), "Ivy");
            EXPECT_TRUE(blessing.client.refuse("Ivy", evening.now));
            evening.settle();
            evening.say(iris, "hello");
            evening.wait(30);
            EXPECT_TRUE(iris.client.leave(evening.now));
            evening.wait(3);
            EXPECT_TRUE(amara.client.remove("Blessing", evening.now));
            evening.settle();
            EXPECT_TRUE(amara.client.end(evening.now));
            evening.settle();
            EXPECT_EQ(ivy.phase(), Phase::refused);
            std::vector<Bytes> all;
            for (const Phone& phone : evening.phones)
                for (const Bytes& message : phone.heard)
                    for (const auto& received : server_frames(message))
                        std::visit([&](const auto& body) { all.push_back(encode_frame(body)); },
                                   std::get<ServerFrame>(received.frame));
            for (const auto reason : {GoneReason::ended, GoneReason::removed, GoneReason::forgotten,
                                      GoneReason::elsewhere, GoneReason::left})
                all.push_back(encode_frame(RoomGone{reason}));
            all.push_back(encode_frame(Refused{Refusal::too_fast, 1}));
            all.push_back(encode_frame(Refused{Refusal::stale_epoch, 1}));
            all.push_back(encode_frame(Fault{"frame_body", 1}));
            std::sort(all.begin(), all.end());
            all.erase(std::unique(all.begin(), all.end()), all.end());
            return all;
        }();
        return frames;
    }

    // An evening of the same people, with one of them at the moment in question.
    static Phone& bring_to(Moment moment, Evening& evening) {
        Phone& amara = evening.host(evening.amara);
        if (moment == Moment::hosting) return amara;
        const std::string link = evening.invite(amara);
        if (moment == Moment::greeted) {
            Phone& iris = evening.phone();
            iris.hear = [](Bytes& message) {  // the card does not come
                const auto frames = server_frames(message);
                if (std::holds_alternative<CardFrame>(std::get<ServerFrame>(frames[0].frame))) message.clear();
            };
            EXPECT_TRUE(iris.client.open_invite(circle::Pass::from(circle::read_link(link)->entropy), evening.now));
            evening.settle();
            return iris;
        }
        Phone& iris = evening.open(link);
        if (moment == Moment::invited) return iris;
        EXPECT_TRUE(iris.client.knock("Iris", evening.now));
        evening.settle();
        if (moment == Moment::waiting) return iris;
        EXPECT_TRUE(amara.client.admit("Iris", evening.now));
        evening.settle();
        if (moment == Moment::cut) iris.hear = [](Bytes& message) { message.clear(); }, iris.cut(evening.now);
        return iris;
    }
};

INSTANTIATE_TEST_SUITE_P(When, AnyFrame,
                         testing::Values(Moment::greeted, Moment::invited, Moment::waiting, Moment::in_group,
                                         Moment::cut, Moment::hosting));

TEST_P(AnyFrame, AtAnyMomentBreaksNothing) {
    ASSERT_GE(recorded().size(), 50U);
    for (const Bytes& frame : recorded()) {
        Evening evening;
        Phone& phone = bring_to(GetParam(), evening);
        if (GetParam() == Moment::cut) evening.wait(2);  // it has dialled again, and heard nothing yet
        phone.client.received(frame, evening.now);
        phone.client.received(frame, evening.now);
        evening.settle();
        (void)phone.client.knock("Iris", evening.now);
        (void)phone.client.say("hello", evening.now);
        evening.wait(2);
        (void)phone.client.leave(evening.now);
        evening.settle();
    }
}

TEST_F(HostileRelay, ThatWritesGarbageIsCutAndTriedAgain) {
    Phone& iris = evening_.join(amara_, "Iris");
    iris.client.received(as_bytes("what is this?"), evening_.now);
    evening_.settle();
    EXPECT_TRUE(iris.saw("frame_version"));
    EXPECT_EQ(iris.phase(), Phase::reconnecting);
    evening_.wait(5);
    evening_.say(iris, "still here");
    EXPECT_EQ(amara_.texts(), Texts{"Iris: still here"});
}

}  // namespace
}  // namespace veranda::client
