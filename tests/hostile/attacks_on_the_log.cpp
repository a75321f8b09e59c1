// What a server can try with the log: leave out, turn around, repeat, rewrite, and show two people two of them.
#include "tests/hostile/attacked_evening.hpp"

namespace veranda::tests {
namespace {

using Entries = std::vector<LogEntry>;

bool is_message(const LogEntry& entry) { return entry.kind == EntryKind::application; }

// ---- two logs ----

// Two facilitators make a Commit for the same epoch, and the server takes both: Amara's half is shown hers, Blessing's
// half the other. It withholds Blessing's for a moment, so that Amara's client makes one too.
class Halves {
public:
    explicit Halves(bool hostile)
        : at(hostile), blessing(at.join_blessing()), iris(at.join("Iris")), joy(at.join("Joy")) {
        at.evening_.join(at.amara_, "Kemi");
        at.until_pulse();
    }
    bool keep_of_blessings(Bytes& message) {
        for (const auto& received : client_frames(message))
            if (const auto* submit = std::get_if<Submit>(&std::get<ClientFrame>(received.frame));
                submit != nullptr && !commit_) {
                commit_ = submit->message;
                message.clear();
                return true;
            }
        return false;
    }
    void commit_both() {
        blessing.client.take_actions();
        if (at.hostile) blessing.say = [this](Bytes& message) { keep_of_blessings(message); };
        for (Phone* each : {&blessing, &joy})
            at.lie_entries(*each, [this](LogEntry entry) {
                if (entry.kind == EntryKind::commit && commit_) entry.body = *commit_;
                return Entries{std::move(entry)};
            });
        EXPECT_TRUE(blessing.client.remove("Kemi", at.evening_.now));
        at.evening_.settle();
        EXPECT_EQ(commit_.has_value(), at.hostile);
        at.evening_.wait(10);
    }

    AttackedEvening at;
    Phone& blessing;
    Phone& iris;
    Phone& joy;

private:
    std::optional<Bytes> commit_;
};

Signs commit_forked(bool hostile) {
    Halves halves(hostile);
    halves.commit_both();
    halves.at.until_missing();
    halves.at.until_missing();
    return halves.at.signs();
}

// And from then on neither half hears anything of the other.
Signs room_split(bool hostile) {
    Halves halves(hostile);
    auto& at = halves.at;
    halves.commit_both();
    const MemberId amara = at.amara_id();
    const MemberId blessing = at.last_heard<Entered>(halves.blessing)->self;
    const MemberId iris = at.last_heard<Entered>(halves.iris)->self;
    const MemberId joy = at.last_heard<Entered>(halves.joy)->self;
    const auto drop = [&at](Phone& phone, const MemberId& one, const MemberId& other) {
        at.rewrite_log(phone, [one, other](LogEntry entry) {
            return entry.sender == one || entry.sender == other ? Entries{} : Entries{std::move(entry)};
        });
    };
    drop(at.amara_, blessing, joy);
    drop(halves.iris, blessing, joy);
    drop(halves.blessing, amara, iris);
    drop(halves.joy, amara, iris);
    at.until_missing();
    return at.signs();
}

// One message of Amara's is left out of Iris's log, which is numbered as if it had never been.
Signs log_forked(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    Phone& joy = at.join("Joy");
    at.until_pulse();
    auto left_out = std::make_shared<bool>(false);
    at.rewrite_log(iris, [left_out](LogEntry entry) {
        return is_message(entry) && !std::exchange(*left_out, true) ? Entries{} : Entries{std::move(entry)};
    });
    at.evening_.say(at.amara_, "do not follow any link tonight");
    EXPECT_EQ(iris.texts().empty(), hostile);
    EXPECT_EQ(joy.texts().size(), 1U);
    at.until_pulse();
    at.until_pulse();
    EXPECT_EQ(static_cast<bool>(iris.client.say("hello?", at.evening_.now)), !hostile);
    return at.signs();
}

Signs log_forked_between_facilitators(bool hostile) {
    AttackedEvening at(hostile);
    Phone& blessing = at.join_blessing();
    Phone& iris = at.join("Iris");
    at.until_pulse();
    at.lie_entries(blessing, [](LogEntry entry) {
        entry.received_at.value += 1;  // one bit is enough
        return Entries{std::move(entry)};
    });
    at.evening_.say(iris, "hello");
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

Signs last_of_an_epoch_dropped(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.until_pulse();
    auto left_out = std::make_shared<bool>(false);
    at.rewrite_log(iris, [left_out](LogEntry entry) {
        return is_message(entry) && !std::exchange(*left_out, true) ? Entries{} : Entries{std::move(entry)};
    });
    at.evening_.say(at.amara_, "the last of this epoch");
    at.join("Kemi");  // and the next begins
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

// ---- a tail that is withheld ----

Signs tail_withheld(bool hostile, const std::function<Result<void>(client::Client&, client::Now)>& order,
                    const std::function<void(const Phone&, bool obeyed)>& check) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.evening_.join(at.amara_, "Joy");
    at.until_pulse();
    at.withhold_log(iris);
    EXPECT_TRUE(order(at.amara_.client, at.evening_.now));
    at.evening_.settle();
    at.until_missing();
    check(iris, !hostile);
    iris.hear = {};  // it comes after all
    at.evening_.wait(limits::pulse_ms / 1'000 + 15);
    check(iris, true);
    return at.signs();
}

Signs removal_withheld(bool hostile) {
    return tail_withheld(
        hostile, [](client::Client& amara, client::Now now) { return amara.remove("Joy", now); },
        [](const Phone& iris, bool obeyed) { EXPECT_EQ(iris.client.roster().size(), obeyed ? 2U : 3U); });
}

Signs mute_withheld(bool hostile) {
    return tail_withheld(
        hostile, [](client::Client& amara, client::Now now) { return amara.set_level("Iris", Level::listens, 0, now); },
        [](const Phone& iris, bool obeyed) {
            EXPECT_EQ(iris.last<client::ComposerEvent>().why, obeyed ? "listens_only" : "no_facilitator");
        });
}

Signs end_withheld(bool hostile) {
    return tail_withheld(
        hostile, [](client::Client& amara, client::Now now) { return amara.end({}, now); },
        [](const Phone& iris, bool obeyed) {
            EXPECT_EQ(iris.phase() == client::Phase::ended, obeyed);
            EXPECT_FALSE(iris.last<client::ComposerEvent>().open && !obeyed) << "and she writes nothing meanwhile";
        });
}

// ---- one entry, or two ----

const Texts both{"Amara: one", "Amara: two"};

void say_both(AttackedEvening& at) {
    at.evening_.say(at.amara_, "one");
    at.evening_.say(at.amara_, "two");
    at.evening_.wait(5);
}

Signs message_dropped(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    auto left_out = std::make_shared<bool>(false);
    at.lie_entries(iris, [left_out](LogEntry entry) {
        return is_message(entry) && !std::exchange(*left_out, true) ? Entries{} : Entries{std::move(entry)};
    });
    say_both(at);
    EXPECT_EQ(iris.texts(), both) << "she asks again";
    return at.signs();
}

// Gives the first two messages the other way around.
std::function<Entries(LogEntry)> turned_around() {
    struct Turn {
        std::optional<LogEntry> held;
        bool done = false;
    };
    auto turn = std::make_shared<Turn>();
    return [turn](LogEntry entry) {
        if (turn->done || !is_message(entry)) return Entries{std::move(entry)};
        if (!turn->held) return turn->held = std::move(entry), Entries{};
        turn->done = true;
        return Entries{std::move(entry), *turn->held};
    };
}

Signs messages_reordered(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.lie_entries(iris, turned_around());
    say_both(at);
    EXPECT_EQ(iris.texts(), both) << "she asks again";
    return at.signs();
}

Signs messages_reordered_and_numbered_anew(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.until_pulse();
    at.rewrite_log(iris, turned_around());
    say_both(at);
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

Signs messages_doubled(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.lie_entries(iris, [](LogEntry entry) { return Entries{entry, entry}; });
    say_both(at);
    at.until_missing();
    EXPECT_EQ(iris.texts(), both) << "each once";
    EXPECT_TRUE(iris.last<client::ComposerEvent>().open);
    return at.signs();
}

Signs message_replayed(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.until_pulse();
    at.evening_.say(at.amara_, "one");
    const LogEntry one = log_heard_by(iris).back();
    at.insert(iris, EntryKind::application, one.body, one.sender);
    at.evening_.say(at.amara_, "two");
    EXPECT_EQ(iris.texts(), both) << "each once";
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

// As if Amara had said it. Who speaks is said by the message, and that she was shown another log by a pulse.
Signs sender_rewritten(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    Phone& joy = at.join("Joy");
    at.until_pulse();
    const MemberId amara = at.amara_id();
    at.lie_entries(iris, [amara](LogEntry entry) {
        entry.sender = amara;
        return Entries{std::move(entry)};
    });
    at.evening_.say(joy, "I am Joy");
    EXPECT_EQ(iris.texts(), Texts{"Joy: I am Joy"});
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

Signs pulses_withheld(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.until_pulse();
    const MemberId amara = at.amara_id();
    at.rewrite_log(iris, [amara](LogEntry entry) {
        return entry.sender == amara && is_message(entry) ? Entries{} : Entries{std::move(entry)};
    });
    at.until_missing();
    EXPECT_EQ(static_cast<bool>(iris.client.say("is anybody here?", at.evening_.now)), !hostile);
    return at.signs();
}

Signs garbage(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    if (hostile) iris.client.received(as_bytes("what is this?"), at.evening_.now);
    at.evening_.settle();
    at.evening_.wait(5);
    at.evening_.say(iris, "still here");
    EXPECT_EQ(at.amara_.texts(), Texts{"Iris: still here"});
    return at.signs();
}

}  // namespace

std::vector<AttackCase> attacks_on_the_log() {
    return {
        {Attack::commit_forked,
         "takes two facilitators' Commits for one epoch, and shows each half of the room one",
         commit_forked,
         {{"Amara", "notice message_not_read"},
          {"Blessing", "notice message_not_read"},
          {"Iris", "composer no_facilitator"},
          {"Joy", "composer no_facilitator"}}},
        {Attack::room_split,
         "does so, and lets neither half hear of the other",
         room_split,
         {{"Iris", "composer no_facilitator"}, {"Joy", "composer no_facilitator"}},
         "each half then takes the other's facilitator out and goes on without her, which everyone sees"},
        {Attack::log_forked,
         "leaves a message out of one person's log, and closes the gap",
         log_forked,
         {{"Iris", "error log_forked"}, {"Iris", "composer log_forked"}}},
        {Attack::log_forked_between_facilitators,
         "shows two facilitators logs that differ in one bit",
         log_forked_between_facilitators,
         {{"Amara", "error log_forked"}, {"Blessing", "error log_forked"}, {"Iris", "error log_forked"}}},
        {Attack::last_of_an_epoch_dropped,
         "leaves out the last message of an epoch, and closes the gap",
         last_of_an_epoch_dropped,
         {{"Iris", "error log_forked"}, {"Iris", "composer log_forked"}}},
        {Attack::removal_withheld,
         "stops her log before a removal",
         removal_withheld,
         {{"Iris", "composer no_facilitator"}},
         "and she obeys it when it comes"},
        {Attack::mute_withheld,
         "stops her log before she is muted",
         mute_withheld,
         {{"Iris", "composer no_facilitator"}},
         "and she obeys it when it comes"},
        {Attack::end_withheld,
         "stops her log before the end",
         end_withheld,
         {{"Iris", "composer no_facilitator"}},
         "and she obeys it when it comes"},
        {Attack::message_dropped,
         "leaves out a message",
         message_dropped,
         {{"Iris", "state reconnecting"}},
         "and is asked for it"},
        {Attack::messages_reordered,
         "turns two messages around",
         messages_reordered,
         {{"Iris", "state reconnecting"}},
         "and is asked again"},
        {Attack::messages_reordered_and_numbered_anew,
         "turns two messages around, and their numbers too",
         messages_reordered_and_numbered_anew,
         {{"Iris", "error log_forked"}, {"Iris", "composer log_forked"}}},
        {Attack::messages_doubled, "sends every entry twice", messages_doubled, {}},
        {Attack::message_replayed,
         "repeats a message under a new number",
         message_replayed,
         {{"Iris", "notice message_not_read"}, {"Iris", "error log_forked"}}},
        {Attack::sender_rewritten,
         "says that somebody else sent it",
         sender_rewritten,
         {{"Iris", "error log_forked"}},
         "and who spoke is shown rightly all the same"},
        {Attack::pulses_withheld,
         "leaves out what the only facilitator's client says, and closes the gaps",
         pulses_withheld,
         {{"Iris", "composer no_facilitator"}}},
        {Attack::garbage, "sends what is no frame", garbage, {{"Iris", "state reconnecting"}}},
    };
}

}  // namespace veranda::tests
