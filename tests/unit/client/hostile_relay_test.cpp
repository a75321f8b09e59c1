// A relay that lies to whoever is in: about members, orders and the log. The client has to refuse it, and name why.
// Nothing here needs a key that a relay does not have, unless the test says whose help it has.
#include "tests/support/hostile_relay.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

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

// A bug: an admission that was said before took its member off the list of those whose leaf is to be taken out, so that
// a relay that repeated it in the middle of a removal kept her in, and the composer closed, for good.
TEST_F(HostileRelay, CannotStopARemovalByRepeatingAnAdmission) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.join(amara_, "Joy");
    const auto joys = tls::decode<AdmitEntry>(log_heard_by(iris).back().body)->admissions.at(0);
    lie_about_entries(amara_, [&](LogEntry entry) {
        if (entry.kind == EntryKind::admit) {
            auto admit = *tls::decode<AdmitEntry>(entry.body);
            admit.admissions.push_back(joys);
            entry.body = tls::encode(admit);
        }
        return std::vector<LogEntry>{entry};
    });
    evening_.knock(evening_.invite(amara_), "Kemi");
    blessing.say = [](Bytes& message) {  // her order is passed on; the Commit that follows it is not
        for (const auto& received : client_frames(message))
            if (std::holds_alternative<Submit>(std::get<ClientFrame>(received.frame))) return message.clear();
    };
    ASSERT_TRUE(blessing.client.remove("Joy", evening_.now));
    evening_.settle();
    ASSERT_TRUE(amara_.client.admit("Kemi", evening_.now));  // before it is her turn to take Joy out
    evening_.wait(10);
    EXPECT_TRUE(amara_.saw(circle::faults::admission_invalid.name));
    const auto roster = amara_.client.roster();
    EXPECT_TRUE(std::none_of(roster.begin(), roster.end(), [](auto& each) { return each.name == "Joy"; }));
    EXPECT_EQ(roster.size(), 4U);
}

// The same by hearsay: a facilitator who has fallen silent did not seem so to who was told of her admission again.
TEST_F(HostileRelay, CannotMakeSilentStaffSeemHeardByRepeatingTheirAdmission) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    const auto blessings = tls::decode<AdmitEntry>(log_heard_by(amara_).back().body)->admissions.at(0);
    Phone& iris = evening_.join(amara_, "Iris");
    lie_about_entries(iris, [&](LogEntry entry) {
        if (entry.kind == EntryKind::admit) {
            auto admit = *tls::decode<AdmitEntry>(entry.body);
            admit.admissions.push_back(blessings);
            entry.body = tls::encode(admit);
        }
        return std::vector<LogEntry>{entry};
    });
    blessing.offline = true;
    blessing.cut(evening_.now);
    evening_.wait(10);  // before her chain begins: later the changed entry shows at the next pulse
    evening_.join(amara_, "Kemi");
    iris.events.clear();
    evening_.wait(limits::pulse_missing_ms / 1'000 - 5);
    EXPECT_FALSE(iris.saw("log_forked"));
    const auto closed = iris.all<ComposerEvent>();
    EXPECT_TRUE(std::any_of(closed.begin(), closed.end(), [](auto& each) { return each.why == "no_facilitator"; }));
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
    for (const GoneReason reason : {GoneReason::removed, GoneReason::ended, GoneReason::left}) {
        invent(iris, RoomGone{reason});
        EXPECT_TRUE(iris.saw("room_closed_by_server"));
        EXPECT_EQ(iris.phase(), Phase::reconnecting);
        evening_.wait(5);
        EXPECT_EQ(iris.phase(), Phase::in_group);
    }
    EXPECT_FALSE(iris.saw("removed"));
    EXPECT_FALSE(iris.saw("ended"));
}

// What a relay said before its hello, and so before anybody knew whose it is, was taken in.
TEST_F(HostileRelay, IsHeardOnlyOnceItHasSaidWhoseItIs) {
    const std::string link = evening_.invite(amara_);
    Phone& iris = evening_.phone();
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(circle::read_link(link)->entropy), evening_.now));
    ASSERT_EQ(iris.client.take_actions().size(), 1U) << "to connect";
    iris.client.connected(evening_.now);
    iris.client.received(encode_frame(RoomGone{GoneReason::elsewhere}), evening_.now);
    evening_.settle();
    EXPECT_FALSE(iris.saw("elsewhere"));
    EXPECT_EQ(iris.phase(), Phase::connecting);
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
