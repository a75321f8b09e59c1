// What the pulse is for: a log that is withheld, forked, cut or turned around, staff who are silent or gone. Each is
// named, the composer closes with its reason and opens again when it may; the same evening without an attack names
// none.
#include "tests/support/hostile_relay.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

constexpr std::uint64_t missing_s = limits::pulse_missing_ms / 1'000 + 2;
constexpr std::uint64_t pulse_s = limits::pulse_ms / 1'000 + 1;

class PulseTest : public HostileRelay {
protected:
    PulseTest() : iris_(evening_.join(amara_, "Iris")), joy_(evening_.join(amara_, "Joy")) {
        evening_.wait(pulse_s + 1);  // Iris's chain has begun
    }
    // Nothing of the log reaches her any more, as long as she hears like this.
    static void withhold(Phone& phone) {
        lie_about<EntryFrame>(phone, [](const EntryFrame&) { return Frames{}; });
    }
    std::string why(const Phone& phone) const { return phone.last<ComposerEvent>().why; }
    void keep_staff(Keeper& staff) {
        ASSERT_TRUE(amara_.client.admit("Blessing", evening_.now));
        evening_.settle();
        staff.read();
        ASSERT_TRUE(staff.is_in());
    }
    Pulse right_pulse(const Keeper& staff) const {
        Pulse pulse;
        pulse.epoch = staff.groups.back().epoch();
        pulse.staff_list_head = evening_.harbour.staff.head.body.hash;
        pulse.ends_at = last_heard<Entered>(amara_)->genesis.genesis.body.ends_at.value;
        return pulse;
    }

    Phone& iris_;
    Phone& joy_;
};

// Bug: whoever came in between a removal and the Commit that takes the leaf out sealed her signs of life to the
// removed.
TEST_F(PulseTest, IsNotSealedToSomebodyWhomNobodyVouchesFor) {
    evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(2);
    const auto ticket = amara_.client.ticket();
    ASSERT_TRUE(ticket);
    amara_.say = [](Bytes& message) {  // her order reaches the relay, and not the Commit that is to follow
        for (const auto& received : client_frames(message))
            if (std::holds_alternative<Submit>(std::get<ClientFrame>(received.frame))) message.clear();
    };
    ASSERT_TRUE(amara_.client.remove("Iris", evening_.now));
    evening_.settle();
    amara_.offline = true;
    amara_.cut(evening_.now);
    Phone& again = evening_.phone();
    std::size_t sealed = 0;
    again.say = [&](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (std::holds_alternative<Submit>(std::get<ClientFrame>(received.frame)))
                sealed += why(again) == "unvouched_member" ? 1U : 0U;
    };
    auto read = circle::Ticket::decode(ticket->encode());
    ASSERT_TRUE(again.client.return_as_staff(*std::move(read), clone(evening_.amara), evening_.now));
    evening_.settle();
    ASSERT_EQ(why(again), "unvouched_member");
    again.client.tick(evening_.now);
    evening_.settle();
    EXPECT_EQ(sealed, 0U);
    evening_.wait(pulse_s);
    EXPECT_TRUE(again.last<ComposerEvent>().open) << why(again);
}

TEST_F(PulseTest, AnEveningWithoutAnAttackNamesNothing) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    for (int round = 0; round < 6; ++round) {
        evening_.say(iris_, "and you?");
        evening_.say(joy_, "well");
        evening_.wait(60);
    }
    ASSERT_TRUE(blessing.client.set_level("Joy", Level::listens, 30, evening_.now));
    Phone& kemi = evening_.join(amara_, "Kemi");
    evening_.wait(60);
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    evening_.settle();
    evening_.wait(60);
    for (const Phone* phone : {&amara_, &blessing, &iris_, &kemi}) {
        for (const std::string_view code : {"log_forked", "staff_list_differs", "pulse_differs", "message_not_read"})
            EXPECT_FALSE(phone->saw(code)) << code;
        EXPECT_TRUE(phone->all<ErrorEvent>().empty());
        EXPECT_TRUE(phone->last<ComposerEvent>().open) << why(*phone);
    }
}

TEST_F(PulseTest, AWithheldRemovalIsSeenAsSilenceAndThenObeyed) {
    withhold(iris_);
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    evening_.settle();
    evening_.wait(missing_s);
    EXPECT_EQ(why(iris_), "no_facilitator");
    EXPECT_FALSE(iris_.client.say("is anybody here?", evening_.now));
    iris_.hear = {};
    evening_.wait(pulse_s + 5);
    EXPECT_EQ(iris_.client.roster().size(), 2U);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
}

TEST_F(PulseTest, AWithheldMuteIsSeenAsSilenceAndThenObeyed) {
    withhold(iris_);
    ASSERT_TRUE(amara_.client.set_level("Iris", Level::listens, 0, evening_.now));
    evening_.settle();
    evening_.wait(missing_s);
    EXPECT_EQ(why(iris_), "no_facilitator");
    iris_.hear = {};
    evening_.wait(pulse_s + 5);
    EXPECT_EQ(why(iris_), "listens_only");
}

TEST_F(PulseTest, AWithheldEndIsSeenAsSilenceAndThenObeyed) {
    lie_about<EntryFrame>(
        iris_, [](const EntryFrame& frame) { return frame.entry.kind == EntryKind::order ? Frames{} : Frames{frame}; });
    ASSERT_TRUE(amara_.client.end({}, evening_.now));
    evening_.settle();
    evening_.wait(missing_s);
    EXPECT_FALSE(iris_.last<ComposerEvent>().open);
    EXPECT_NE(iris_.phase(), Phase::ended);
    iris_.hear = {};
    evening_.wait(15);
    EXPECT_EQ(iris_.phase(), Phase::ended);
}

TEST_F(PulseTest, TheLastMessageOfAnEpochCannotBeLeftOutUnseen) {
    std::size_t left_out = 0;
    lie_about_entries(iris_, [&](LogEntry entry) {
        if (entry.kind == EntryKind::application && left_out == 0) {
            ++left_out;
            return std::vector<LogEntry>{};
        }
        if (left_out > 0) entry.sequence = Sequence{entry.sequence.value - 1};
        return std::vector<LogEntry>{entry};
    });
    evening_.say(amara_, "the last of this epoch");
    Phone& kemi = evening_.join(amara_, "Kemi");  // and the next begins
    EXPECT_EQ(left_out, 1U);
    evening_.wait(2 * pulse_s);
    EXPECT_TRUE(iris_.saw("log_forked"));
    EXPECT_EQ(why(iris_), "log_forked");
    EXPECT_FALSE(kemi.saw("log_forked"));
}

TEST_F(PulseTest, TwoFacilitatorsWhoAreShownDifferentLogsAreNamedToEveryone) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(pulse_s);
    lie_about_entries(blessing, [](LogEntry entry) {
        entry.received_at.value += 1;  // one bit is enough
        return std::vector<LogEntry>{entry};
    });
    evening_.say(iris_, "hello");
    evening_.wait(2 * pulse_s);
    for (const Phone* phone : {&amara_, &blessing, &iris_}) {
        EXPECT_TRUE(phone->saw("log_forked"));
        EXPECT_EQ(why(*phone), "log_forked");
    }
}

TEST_F(PulseTest, AFacilitatorWhoIsSilentClosesTheComposerUntilSheIsTakenOut) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.say(iris_, "hello");
    blessing.offline = true;
    blessing.cut(evening_.now);
    evening_.wait(limits::pulse_missing_ms / 1'000);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    bool was_closed = false;
    for (int second = 0; second < 5; ++second) {
        evening_.wait(1);
        was_closed = was_closed || why(iris_) == "no_facilitator";
    }
    evening_.wait(5);
    for (const ComposerEvent& each : iris_.all<ComposerEvent>())
        was_closed = was_closed || each.why == "no_facilitator";
    EXPECT_TRUE(was_closed);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    EXPECT_EQ(iris_.client.roster().size(), 3U);
}

TEST_F(PulseTest, TheOnlyFacilitatorWhoIsGoneClosesTheComposerUntilSheIsBack) {
    amara_.offline = true;
    amara_.cut(evening_.now);
    evening_.wait(missing_s);
    EXPECT_EQ(why(iris_), "no_facilitator");
    amara_.offline = false;
    evening_.wait(pulse_s + 12);
    EXPECT_TRUE(iris_.last<ComposerEvent>().open);
    evening_.say(iris_, "you are back");
    EXPECT_EQ(amara_.texts(), Texts{"Iris: you are back"});
}

// ---- a facilitator's pulse that says something else ----

TEST_F(PulseTest, OneOfAnotherEpochOrAnotherEndIsNone) {
    Keeper blessing(evening_, evening_.invite(amara_, true), evening_.blessing);
    keep_staff(blessing);
    blessing.submit(ContentKind::pulse, tls::encode(right_pulse(blessing)));
    EXPECT_FALSE(iris_.saw("pulse_differs"));
    Pulse later_end = right_pulse(blessing);
    later_end.ends_at += 3'600;
    blessing.submit(ContentKind::pulse, tls::encode(later_end));
    EXPECT_TRUE(iris_.saw("pulse_differs"));
    Pulse old = right_pulse(blessing);
    old.epoch = Epoch{old.epoch.value - 1};
    for (int second = 0; second < static_cast<int>(missing_s); second += 10) {
        evening_.wait(10);
        blessing.read();
        if (blessing.is_in()) blessing.submit(ContentKind::pulse, tls::encode(old));
    }
    evening_.wait(10);
    EXPECT_EQ(iris_.client.roster().size(), 3U);  // she counted as silent, and was taken out
}

TEST_F(PulseTest, AListOfStaffThatNobodyElseWasShownIsNamedAndLetsNoStaffIn) {
    Keeper blessing(evening_, evening_.invite(amara_, true), evening_.blessing);
    keep_staff(blessing);
    Pulse other_list = right_pulse(blessing);
    other_list.staff_list_head.bytes[0] ^= 1;
    blessing.submit(ContentKind::pulse, tls::encode(other_list));
    EXPECT_TRUE(iris_.saw("staff_list_differs"));
    EXPECT_TRUE(amara_.saw("staff_list_differs"));
    const StaffKeys chidi = evening_.harbour.certify("Chidi");
    evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                             evening_.now.wall);
    amara_.cut(evening_.now);  // she has the new list once she is back
    evening_.wait(5);
    Phone& third = evening_.open(evening_.invite(amara_, true));
    ASSERT_TRUE(third.client.knock_as_staff(clone(chidi), evening_.now));
    evening_.settle();
    ASSERT_EQ(amara_.last<KnockEvent>().name, "Chidi");
    const auto admitted = amara_.client.admit("Chidi", evening_.now);
    ASSERT_FALSE(admitted);
    EXPECT_TRUE(admitted.error().is(faults::staff_list_differs));
    Phone& kemi = evening_.join(amara_, "Kemi");  // members still come in
    EXPECT_EQ(kemi.phase(), Phase::in_group);
}

// Blessing came after the organisation changed its list, Iris before: one question settles it.
TEST_F(PulseTest, ANewerListThatTheRelayCanShowIsNoDifference) {
    (void)evening_.harbour.certify("Chidi");
    evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                             evening_.now.wall);
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(2 * pulse_s);
    EXPECT_EQ(blessing.phase(), Phase::in_group);
    for (const Phone* phone : {&amara_, &blessing, &iris_, &joy_}) {
        EXPECT_FALSE(phone->saw("staff_list_differs"));
        EXPECT_TRUE(phone->last<ComposerEvent>().open);
    }
}

TEST_F(PulseTest, ACertificateThatIsRevokedInTheMiddleIsNamedOnceTheNewListIsThere) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.harbour.revoke(evening_.amara);
    evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                             evening_.now.wall);
    blessing.cut(evening_.now);  // she comes back and is shown the new list
    evening_.wait(2 * pulse_s);
    EXPECT_TRUE(iris_.saw("staff_revoked"));
    Phone& kemi = evening_.knock(evening_.invite(blessing), "Kemi");
    ASSERT_TRUE(blessing.client.admit("Kemi", evening_.now));
    evening_.wait(5);
    EXPECT_EQ(kemi.phase(), Phase::refused);
    EXPECT_TRUE(kemi.saw("room_of_revoked_staff"));
}

}  // namespace
}  // namespace veranda::client
