// Events to lines.
#include "client-lib/terminal/screen.hpp"

#include <algorithm>
#include <ctime>

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/terminal/error_words.hpp"
#include "client-lib/terminal/qr_code.hpp"

namespace veranda::terminal {
namespace {

using namespace client;

constexpr std::string_view margin = "      | ";
constexpr std::size_t columns_min = 24;

// The bytes of the character that `text` begins with. Caller must: text safe, so valid UTF-8, and not empty.
std::size_t character_bytes(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    return std::min<std::size_t>(lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4, text.size());
}

// How many columns it takes at most: never too few, so that the terminal never breaks a line where we did not.
std::size_t character_columns(std::string_view character) { return character.size() < 3 ? 1 : 2; }

// Breaks a text of one or more lines so that every line after the first begins with the margin.
std::string broken(std::string_view text, std::size_t columns) {
    const std::size_t width = columns == 0 ? std::string::npos : std::max(columns, columns_min) - 1;
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, character_bytes(text));
        text.remove_prefix(character.size());
        const std::size_t more = character_columns(character);
        if (character == "\n" || (width != std::string::npos && column + more > width)) {
            out += '\n';
            out += margin;
            column = margin.size();
            if (character == "\n") continue;
        }
        out += character;
        column += more;
    }
    return out + '\n';
}

std::string safe_name(std::string_view name) {
    std::string out = circle::safe_text(name);
    std::replace(out.begin(), out.end(), '[', '(');
    std::replace(out.begin(), out.end(), ']', ')');
    return out;
}

// As it has to be typed where something follows it.
std::string typed_name(std::string_view name) {
    const std::string safe = safe_name(name);
    return safe.find(' ') == std::string::npos ? safe : '"' + safe + '"';
}

std::string in_brackets(Role role, bool self = false) {
    return '[' + std::string(veranda::name(role)) + (self ? ", you]" : "]");
}

std::string_view phase_words(Phase phase) {
    switch (phase) {
        case Phase::connecting: return "Connecting...";
        case Phase::connected: return "Connected.";
        case Phase::waiting:
            return "You are in the waiting room. A facilitator will let you in. What you write "
                   "now goes to the facilitators alone.";
        case Phase::in_group: return "You are in the group.";
        case Phase::reconnecting: return "The connection was lost. Trying again by itself...";
        case Phase::removed: return "A facilitator has removed you from this session.";
        case Phase::refused: return "A facilitator has said: not this time.";
        case Phase::ended: return "The session is over.";
        case Phase::left: return "You have left.";
    }
    return "";
}

std::string_view why_words(std::string_view why) {
    if (why == "no_facilitator") return "no facilitator is here";
    if (why == "unvouched_member") return "somebody is here whom no facilitator has let in";
    if (why == "removal_under_way") return "somebody is being removed; a moment";
    if (why == "log_forked") return "the server shows us different things than the facilitators";
    if (why == "listens_only") return "a facilitator has asked you to listen for now";
    if (why == "held_outstanding") return "what you wrote last still waits for a facilitator";
    if (why == "slow_mode") return "slow mode";
    return why;
}

std::string desk_words(const DeskEvent& e) {
    const auto people = [&] {
        return e.counsellors == 1 ? std::string("One counsellor is")
                                  : std::to_string(e.counsellors) + " counsellors are";
    };
    if (e.state == "looking") return "Looking who is at the support desk...";
    if (e.state == "waiting" && e.counsellors == 0)
        return "Nobody who could read your request is there at the moment. It still waits.";
    if (e.state == "waiting") return people() + " there and can read what you asked. You wait until one is free.";
    if (e.state == "claimed") return "A counsellor has taken your request. A moment.";
    if (e.state == "counsellor") return "You will talk with " + safe_name(e.name) + ", alone.";
    if (e.state == "broken_off") return "The counsellor's connection is gone. Asking for somebody to go on with you.";
    if (e.state == "left")
        return "Your request is left, for the people who look after the desk. Keep these words:\n" +
               circle::safe_text(e.words);
    if (e.can_leave)
        return "Nobody is on duty now. You can wait here, or type /leave-request so that somebody reads it later.";
    return "Nobody is on duty now, and nothing was sent. You can wait here, or come back later.";
}

// Her return words are good once a facilitator's book has them, and void once it knows that they were seen.
std::string return_words_words(const LaneEvent& e) {
    const bool made = e.kind == LaneKind::return_pass;
    std::string what = made ? "Your words" : "That your words were seen";
    switch (e.progress) {
        case LaneProgress::sent:
        case LaneProgress::at_server: return what + ": on the way to the facilitators.";
        case LaneProgress::seen: {
            const std::string who = e.by.empty() ? "A facilitator" : safe_name(e.by);
            return made ? who + " has noted that you can come back by your words."
                        : who + " has noted that your words are void. /words makes others.";
        }
        case LaneProgress::nobody: return what + ": no facilitator has noted it yet. It goes on trying.";
    }
    return what;
}

std::string date(std::uint64_t unix_seconds) {
    const auto seconds = static_cast<std::time_t>(unix_seconds);
    std::tm parts{};
    char text[32] = "?";
    if (gmtime_r(&seconds, &parts) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

std::string answer_words(const AnswerEvent& e) {
    if (e.state == "answered")
        return safe_name(e.name) + " answered on " + date(e.answered_at) + " what you left on " + date(e.asked_at) +
               ":\n" + circle::safe_text(e.text, true);
    if (e.state == "not_answered")
        return "Your request is still there, and not answered yet. Look again later, with the same words.";
    return "Nothing is kept under these words (any more). A request and an answer are each kept for seven days, and "
           "lost if the server is restarted.";
}

std::string hand_over_words(const HandOverEvent& e) {
    const std::string name = safe_name(e.name);
    if (e.state == "asked")
        return safe_name(e.by) + " would like " + name + ", another counsellor, to take over. Nothing happens unless " +
               "you agree.\n/yes  or  /no";
    if (e.state == "agreed") return "Agreed: " + name + " is let in. A moment.";
    if (e.state == "declined") return "Not agreed. " + name + " is not let in, and everything stays as it is.";
    if (e.state == "handed") return name + " hands a session over to you. Going in.";
    if (e.state == "here") return name + " is here and goes on from now.";
    return "The hand-over to " + name + " came to nothing. Everything stays as it is.";
}

std::string invite_words(const InviteStandsEvent& e) {
    std::string text = "Invite " + std::to_string(e.number) + (e.for_staff ? ", for a facilitator" : "") +
                       (e.own ? ": " : ", another facilitator's: ");
    switch (e.stands) {
        case InviteStands::unused: text += "not used yet."; break;
        case InviteStands::at_door: text += "at the door:"; break;
        case InviteStands::let_in: text += "let in:"; break;
        case InviteStands::is_void: text += e.names.empty() ? "void." : "void; still at the door:"; break;
    }
    for (const std::string& name : e.names) text += (text.back() == ':' ? " " : ", ") + safe_name(name);
    return text;
}

// How far something has come that she said to staff alone. Nothing more is claimed than is known.
std::string lane_words(const LaneEvent& e) {
    if (e.kind == LaneKind::return_pass || e.kind == LaneKind::words_seen) return return_words_words(e);
    const bool alarm = e.kind == LaneKind::not_safe;
    std::string what = alarm                                   ? "Your alarm"
                       : e.kind == LaneKind::raised_hand       ? "Your hand"
                       : e.kind == LaneKind::hand_over_consent ? "Your answer"
                                                               : "Your note";
    switch (e.progress) {
        case LaneProgress::sent: return what + ": on its way to the facilitators.";
        case LaneProgress::at_server: return what + ": the server has it; no facilitator has seen it yet.";
        case LaneProgress::seen: {
            const std::string who = e.by.empty() ? "A facilitator" : safe_name(e.by);
            return alarm ? who + " has seen your alarm." : what + " is on " + who + "'s screen.";
        }
        case LaneProgress::nobody:
            return what + ": nobody has seen it yet. It goes on trying." +
                   (alarm ? " If you are in danger, call your emergency number, or whom you trust." : "");
    }
    return what;
}

class Lines {
public:
    explicit Lines(const Look& look) : look_(look) {}

    std::string operator()(const StateEvent& e) const { return note(phase_words(e.phase)); }

    std::string operator()(const NotSafeTextsEvent& e) const {
        std::string text = "Your organisation says, to whoever is not safe:";
        for (const TextInLanguage& one : e.texts)
            text += "\n[" + circle::safe_text(one.language.tag) + "] " + circle::safe_text(one.text, true);
        return e.texts.empty() ? std::string() : note(text);
    }

    std::string operator()(const GroupNameEvent& e) const {
        return note("You are in the group \"" + safe_name(e.name) + "\".");
    }

    std::string operator()(const KnockedEvent&) const { return {}; }

    std::string operator()(const InvitationEvent& e) const {
        std::string text = "You are invited";
        if (!e.group.empty()) text += " to \"" + circle::safe_text(e.group) + '"';
        text += " by " + safe_name(e.facilitator) + " of " + circle::safe_text(e.organisation) + '.';
        if (!e.rules.empty()) text += "\nThe ground rules:\n" + circle::safe_text(e.rules, true);
        return note(text);
    }

    std::string operator()(const InviteEvent& e) const {
        std::string out =
            note("Invite " + std::to_string(e.number) +
                 (e.for_staff ? ", for a second facilitator. The words:" : ", for one person. The words:"));
        out += std::string(margin) + circle::safe_text(e.words) + '\n';
        if (look_.qr_codes) out += qr_code(e.link);
        // Whole and alone on its line, however long: it is there to be copied.
        return out + note("The link:") + circle::safe_text(e.link) + '\n';
    }

    std::string operator()(const InviteStandsEvent& e) const { return note(invite_words(e)); }

    std::string operator()(const KnockEvent& e) const {
        const std::string who = safe_name(e.name) + (e.role == Role::member ? "" : ' ' + in_brackets(e.role));
        if (!e.waiting) return note(who + " no longer waits.");
        std::string before = e.was_removed ? " (who was removed)" : e.returning ? " (coming back)" : "";
        if (!e.known_as.empty()) before += " by return words, in the book as \"" + safe_name(e.known_as) + "\",";
        return note(who + before + " is waiting. /admit " + safe_name(e.name) + "  or  /refuse " + safe_name(e.name) +
                    "  or  /talk " + typed_name(e.name) + " ...");
    }

    std::string operator()(const TalkEvent& e) const {
        const std::string to = e.own && e.from != e.name ? " to " + safe_name(e.name) : "";
        return line("[waiting room" + std::string(e.own ? ", you" : "") + "] " + safe_name(e.from) + to + ": " +
                    circle::safe_text(e.text, true));
    }

    std::string operator()(const AgreedWordEvent& e) const {
        return note("The words for " + safe_name(e.name) + ": " + circle::safe_text(e.words) +
                    ". Both screens have to show the same; compare them outside of here.");
    }

    std::string operator()(const LaneEvent& e) const { return note(lane_words(e)); }

    std::string operator()(const HandsEvent& e) const {
        if (e.names.empty()) return note("No hand is up.");
        std::string text = "Hands up:";
        for (const std::string& name : e.names) text += (text.back() == ':' ? " " : ", ") + safe_name(name);
        return note(text);
    }

    std::string operator()(const NoteEvent& e) const {
        return line("[to the team] " + safe_name(e.from) + (e.waiting ? " (waiting): " : ": ") +
                    circle::safe_text(e.text, true));
    }

    std::string operator()(const AlarmEvent& e) const {
        const std::string who = safe_name(e.from) + (e.waiting ? " (waiting)" : "");
        if (!e.open) return note("The alarm of " + who + " has been seen.");
        return line("!!! " + who + " IS NOT SAFE" + (e.text.empty() ? "." : ": " + circle::safe_text(e.text, true))) +
               note("When you have read it: /seen " + safe_name(e.from));
    }

    std::string operator()(const RosterEvent& e) const {
        std::string text = "Here are:";
        for (const RosterMember& member : e.members) {
            text += '\n' + in_brackets(member.role, member.self);
            if (!member.vouched) text += " [NOT let in by a facilitator]";
            if (!member.here) text += " [away]";
            if (member.level && *member.level != Level::speaks)
                text += *member.level == Level::held ? " [held]" : " [listens]";
            text += ' ' + safe_name(member.name);
        }
        return note(text);
    }

    std::string operator()(const MessageEvent& e) const {
        std::string text = '#' + std::to_string(e.seq) + ' ' + in_brackets(e.role, e.own) + ' ' + safe_name(e.from);
        if (!e.through.empty()) text += " (passed on by " + safe_name(e.through) + ')';
        if (e.reply_to != 0) text += " (to #" + std::to_string(e.reply_to) + ')';
        if (e.warned && !e.own)
            return line(text + ": (may be hard to read; /open " + std::to_string(e.seq) + " shows it)");
        if (e.warned) text += " (may be hard to read)";
        return line(text + ": " + circle::safe_text(e.text, true));
    }

    std::string operator()(const NoticeEvent& e) const {
        if (e.code == "removed" || e.code == "ended") return {};  // the state says so too
        return note(circle::safe_text(e.text));
    }

    std::string operator()(const GapEvent& e) const {
        const bool one = e.from_seq == e.to_seq;
        return note(one ? "One message is missing here." : "Some messages are missing here.");
    }

    std::string operator()(const ComposerEvent& e) const {
        if (e.why == "not_in_group" || e.why == "reconnecting") return {};  // the state says so already
        if (e.open && e.why == "held") return note("You can write. A facilitator reads it first and passes it on.");
        if (e.open) return note("You can write.");
        const std::string wait = e.wait_ms == 0 ? "" : ", for " + duration((e.wait_ms + 999) / 1'000);
        return note("You cannot write now: " + circle::safe_text(why_words(e.why)) + wait + '.');
    }

    // Whole and alone on its line, like a link.
    std::string operator()(const TicketEvent& e) const {
        return note("Your way back into this session. It is for you alone:") + circle::safe_text(e.ticket) + '\n';
    }

    std::string operator()(const ErrorEvent& e) const {
        if (e.code == "unknown_command" || e.code == "name_missing") return note(circle::safe_text(e.text));  // ours
        const std::string_view words = error_words(e.code);
        return note(words.empty() ? circle::safe_text(e.code + " (" + e.text + ')') : std::string(words));
    }

    std::string operator()(const ReturnWordsEvent& e) const {
        return note(
                   "Your words to come back with, next week or from another phone. They are for you alone, and shown "
                   "once; whoever has them can knock as you. If somebody has seen them: /words-seen") +
               std::string(margin) + circle::safe_text(e.words) + '\n';
    }

    std::string operator()(const OrderEvent& e) const {
        const std::string by = e.by.empty() ? "The time is over" : safe_name(e.by);
        const std::string whom = e.self ? "you" : safe_name(e.name);
        const std::string time = e.seconds == 0 ? "" : " for " + duration(e.seconds);
        if (e.kind == "slow_mode" && e.seconds == 0) return note(by + " has ended slow mode.");
        if (e.kind == "slow_mode")
            return note(by + " has set slow mode: one message each " + duration(e.seconds) + '.');
        if (e.kind == "lock")
            return note(by + (e.flag ? " has closed the group to newcomers." : " has opened the group to newcomers."));
        if (e.kind == "remove") return note(by + " has removed " + whom + '.');
        if (e.kind == "lift" && e.by.empty()) return note(by + ": " + level_words(e.level, e.self, e.name) + '.');
        return note(by + ": " + level_words(e.level, e.self, e.name) + time + '.');
    }

    std::string operator()(const HiddenEvent& e) const {
        const std::string what = "#" + std::to_string(e.seq) + " of " + safe_name(e.author);
        return note(what + (e.hidden ? " was hidden. Please do not pass it on." : " is shown again."));
    }

    std::string operator()(const PinnedEvent& e) const {
        if (e.text.empty()) return note(safe_name(e.from) + " has taken down what was pinned.");
        return note("Pinned by " + safe_name(e.from) + ": " + circle::safe_text(e.text, true));
    }

    std::string operator()(const ReactionEvent& e) const {
        const std::string to = " #" + std::to_string(e.seq);
        if (e.sign == ReactionSign::none) return note(safe_name(e.from) + " takes back the sign to" + to + '.');
        return note(safe_name(e.from) + " to" + to + ": " + std::string(name(e.sign)));
    }

    std::string operator()(const ClosingEvent& e) const {
        return note(safe_name(e.from) + " closes the session: " + circle::safe_text(e.text, true));
    }

    std::string operator()(const HeldEvent& e) const {
        using State = HeldEvent::State;
        const std::string text = circle::safe_text(e.text, true);
        if (e.own && e.state == State::waiting) return note("A facilitator reads it first: " + text);
        if (e.own && e.state == State::shown) return note("It was passed on.");
        if (e.own) return note("It was not passed on: " + text);
        if (e.state != State::waiting) return note("The held message of " + safe_name(e.from) + " was answered.");
        return note(safe_name(e.from) + " would like to say: " + text + "\n/release " + safe_name(e.from) +
                    "  or  /decline " + safe_name(e.from));
    }

    std::string operator()(const ErasureEvent& e) const {
        const std::string count = std::to_string(e.confirmed) + " of " + std::to_string(e.of);
        return note("Erased here; " + count + " phones confirmed" + (e.final ? "." : " so far."));
    }
    std::string operator()(const DutyEvent& e) const {
        if (e.state == "on_duty") return note("You are on duty. /queue shows who waits, /take N takes a request.");
        if (e.state == "off_duty") return note("You are off duty.");
        if (e.state == "reconnecting") return note("The connection to the desk was lost. Trying again by itself...");
        if (e.state == "refused") return note("You could not go on duty.");
        return note("Connecting to the desk...");
    }

    std::string operator()(const RequestEvent& e) const {
        std::string text = "Request " + std::to_string(e.number) + ": waits for " + std::to_string(e.waiting_s / 60) +
                           " min, " + circle::safe_text(e.language) + ", " +
                           std::string(e.urgency == Urgency::not_safe ? "NOT SAFE" : veranda::name(e.urgency));
        if (e.continuing) text += ", continuing: an earlier talk was broken off";
        if (e.left) text += ", left while nobody was on duty";
        if (!e.note.empty()) text += '\n' + circle::safe_text(e.note, true);
        return note(text + "\n/take " + std::to_string(e.number));
    }

    std::string operator()(const RequestGoneEvent& e) const {
        const std::string_view why = e.why == "taken"       ? "another counsellor has taken it"
                                     : e.why == "withdrawn" ? "whoever asked is gone"
                                     : e.why == "answered"  ? "answered; she can read it with her words for seven days"
                                     : e.why == "put_back"  ? "put back; it waits again in a few minutes"
                                     : e.why == "lost" ? "no longer yours at the server; a talk that is open goes on"
                                                       : "ended; nothing of it is kept";
        return note("Request " + std::to_string(e.number) + ": " + std::string(why) + '.');
    }

    std::string operator()(const TalkOpenedEvent&) const { return {}; }  // a terminal has one talk
    std::string operator()(const DeskEvent& e) const { return note(desk_words(e)); }
    std::string operator()(const AnswerEvent& e) const { return note(answer_words(e)); }
    std::string operator()(const HandOverEvent& e) const { return note(hand_over_words(e)); }

private:
    static std::string duration(std::uint64_t seconds) {
        if (seconds < 120) return std::to_string(seconds) + " seconds";
        return std::to_string((seconds + 59) / 60) + " minutes";
    }
    static std::string level_words(Level level, bool self, const std::string& whom) {
        std::string who = self ? "you" : safe_name(whom);
        switch (level) {
            case Level::speaks: return who + " can write";
            case Level::held: return self ? "what you write goes through a facilitator" : who + " writes through you";
            case Level::listens: return self ? "you are asked to listen" : who + " listens";
        }
        return who;
    }
    std::string line(const std::string& text) const { return broken(look_.time + ' ' + text, look_.columns); }
    std::string note(std::string_view text) const { return line("-- " + std::string(text)); }

    const Look& look_;
};

}  // namespace

std::string screen_text(const client::Event& event, const Look& look) { return std::visit(Lines(look), event); }

}  // namespace veranda::terminal
