// What the client core tells whoever shows it to a person: one variant, the same in a terminal, in the browser and in
// tests. Every text in an event has been neutralised (circle/content/safe_text.hpp): it is valid UTF-8 without
// controls.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/content.hpp"
#include "protocol/desk.hpp"
#include "protocol/identifiers.hpp"
#include "protocol/lane.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::client {

enum class Phase {
    connecting,  // no answer yet
    connected,   // the relay has said hello and its organisation is the expected one
    waiting,     // knocked; a facilitator has to let her in
    in_group,
    reconnecting,  // was in the group or waiting; trying again by itself
    removed,
    refused,
    ended,
    left,
};
std::string_view name(Phase phase);

struct StateEvent {
    Phase phase{};
};

// What an invite says before a name is asked for.
struct InvitationEvent {
    std::string group;
    std::string rules;
    std::string language;
    std::string organisation;
    std::string facilitator;
};

// What the organisation says to whoever is not safe: its own words, signed by its root.
struct NotSafeTextsEvent {
    std::vector<TextInLanguage> texts;
};

// To her who came back by a ticket or her return words, which tell no name: told by who let her in. To a facilitator
// who opens a group by its book and gave it no name: the book's.
struct GroupNameEvent {
    std::string name;
};

// Our own knock is made. By its id a page that is loaded again knocks in its place (Client::knock_anew).
struct KnockedEvent {
    std::string id;      // hexadecimal; a secret of hers, the relay's and the staff's
    std::string ticket;  // her way back if she was let in without hearing of it
};

struct InviteEvent {
    std::string link;
    std::string words;
    bool for_staff = false;
    std::uint64_t number = 0;  // this client's own count of those that it knows; 0: not on the list
};

// What has become of an invite, ours or another facilitator's. An own one that nobody has used yet is not told.
enum class InviteStands { unused, at_door, let_in, is_void };
std::string_view name(InviteStands stands);
struct InviteStandsEvent {
    std::uint64_t number = 0;
    InviteStands stands{};
    std::vector<std::string> names{};  // who waits by it, or was let in; of two on one invite, both
    bool for_staff = false;
    bool own = false;
    friend bool operator==(const InviteStandsEvent&, const InviteStandsEvent&) = default;
};

struct KnockEvent {
    std::string name;
    Role role{};               // staff who knock say so; checked
    bool waiting = true;       // false: she went away again, or was answered
    bool returning = false;    // she was in this session before, and her own name says so
    bool was_removed = false;  // and a facilitator took her out of it
    std::string known_as{};    // by her return words: the name that stands in the group book
};

// Her return words, for her alone.
struct ReturnWordsEvent {
    std::string words;
};

// What was said with a knock that waits. `own`: the relay has it, which is all that is known.
struct TalkEvent {
    std::string from;
    std::string text;
    bool own = false;
    std::string name;  // who knocks
};

// Five words to compare outside of the chat; the same on both screens.
struct AgreedWordEvent {
    std::string name;  // who knocks
    std::string words;
};

// How far what she said to staff has come.
enum class LaneProgress { sent, at_server, seen, nobody };
std::string_view name(LaneProgress progress);
struct LaneEvent {
    LaneKind kind{};
    LaneProgress progress{};
    std::string by;  // seen: whose name stands under it, if it is known
};

// ---- to staff ----
struct HandsEvent {
    std::vector<std::string> names;  // that are up, in order
};
struct NoteEvent {
    std::string from;
    std::string text;
    bool waiting = false;  // she has not been let in
};
struct AlarmEvent {
    std::string from;
    std::string text;
    bool waiting = false;
    bool open = true;  // false: one of the staff has seen it
};

struct RosterMember {
    std::string name;
    Role role{};
    bool here = true;
    bool self = false;
    bool vouched = true;           // false: no signed admission; the composer is blocked
    std::optional<Level> level{};  // for staff, and of oneself: others need not know who was silenced
};
struct RosterEvent {
    std::vector<RosterMember> members;
};

struct MessageEvent {
    std::string from;
    Role role{};
    std::string text;
    std::uint64_t seq = 0;
    bool own = false;
    std::string id{};            // hexadecimal: with the author it names the message in any log
    std::uint64_t reply_to = 0;  // the seq of the message that it answers; 0: none, or one that is not here
    std::string through{};       // the member of staff who passed a held message on
    bool warned = false;         // its author says that it may be hard to read: to be shown closed
};

// An order that was taken in. What is about one person is told to her and to staff, and to nobody else.
struct OrderEvent {
    std::string kind;  // set_level, lift, slow_mode, lock, remove
    std::string by;    // the member of staff who signed it; empty: its time was over
    std::string name;  // whom it is about, if anyone
    bool self = false;
    Level level = Level::speaks;
    std::uint64_t seconds = 0;  // set_level: 0 until lifted; slow_mode: 0 off
    bool flag = false;          // lock: locked
};

// A message that is taken from the screen, or put back.
struct HiddenEvent {
    std::string author;
    std::uint64_t seq = 0;
    std::string id;
    bool hidden = true;
};

struct PinnedEvent {
    std::string text;  // empty: nothing is pinned any more
    std::string from;
};

struct ReactionEvent {
    std::string from;
    std::uint64_t seq = 0;  // of the message
    ReactionSign sign{};    // none: taken back
    bool own = false;
};

struct ClosingEvent {
    std::string text;
    std::string from;
    std::uint64_t next_session = 0;  // Unix seconds; 0: not fixed
};

// A held message: to its author, how it stands; to staff, that one waits for them.
struct HeldEvent {
    enum class State { waiting, shown, not_passed_on };
    std::string from;
    std::string text;
    std::uint64_t number = 0;  // staff: this client's own count of those it was shown
    State state = State::waiting;
    bool own = false;
};
std::string_view name(HeldEvent::State state);

// After the end, to staff: how many of the others' phones said that they have forgotten the session.
struct ErasureEvent {
    std::uint64_t confirmed = 0;
    std::uint64_t of = 0;
    bool final = false;  // nobody else will say so any more
};

// Something happened that a person should know, in plain words of the `code`'s meaning; the page has its own words for
// it.
struct NoticeEvent {
    std::string code;  // snake_case, stable
    std::string text;  // English, for terminals
};

struct GapEvent {
    std::uint64_t from_seq = 0;
    std::uint64_t to_seq = 0;
};

// May she write now? Sent when it changes.
struct ComposerEvent {
    bool open = false;
    // Code: when closed no_facilitator, unvouched_member, reconnecting, listens_only, slow_mode...; when open empty, or
    // held: what she writes goes to a facilitator first.
    std::string why;
    std::uint64_t wait_ms = 0;  // slow_mode, and a level that is for a time: how long, as seen when it was sent
};

struct ErrorEvent {
    std::string code;  // a Rule's or a Refusal's name
    std::string text;
};

// The way back, as one line (circle/joining/ticket.hpp). Never by itself: whoever shows events asks Client::ticket().
struct TicketEvent {
    std::string ticket;
};

// ---- the support desk ----

struct DutyEvent {
    std::string state;  // connecting, on_duty, reconnecting, off_duty, refused
};

struct RequestEvent {
    std::uint64_t number = 0;  // by which it is taken
    std::uint64_t waiting_s = 0;
    std::string language;
    Urgency urgency{};
    std::string note;
    bool continuing = false;  // an earlier talk of hers was broken off
    bool left = false;        // with nobody on duty
};

struct RequestGoneEvent {
    std::uint64_t number = 0;
    std::string why;  // taken (by another), withdrawn, ended, answered, put_back, lost (her claim)
};

// To a counsellor with several talks: where the one of this request is. Of the browser's module, which has channels.
struct TalkOpenedEvent {
    std::uint64_t number = 0;
    std::uint32_t channel = 0;
};

// To whoever asks.
struct DeskEvent {
    std::string state;              // looking, nobody, waiting, claimed, counsellor, broken_off, left
    std::uint64_t counsellors = 0;  // who proved that they are there, and can read the request
    bool can_leave = false;         // nobody: it can be left for later
    std::string name;               // counsellor: hers
    std::string words;              // left: her pass
};

// To whoever reads an answer by her words.
struct AnswerEvent {
    std::string state;  // answered; not_answered (yet), no_such_answer (nothing is kept under these words)
    std::string name;   // answered: by whom
    std::string text;
    std::uint64_t asked_at = 0;  // Unix seconds
    std::uint64_t answered_at = 0;
};

// A session for two is handed over to another counsellor.
struct HandOverEvent {
    // asked (of the survivor), agreed, declined, handed (to whoever takes it over), here (the other), failed
    std::string state;
    std::string name;  // the other counsellor's; handed: whose session it was
    std::string by{};  // asked: who asks
};

using Event = std::variant<StateEvent, NotSafeTextsEvent, InvitationEvent, GroupNameEvent, KnockedEvent, InviteEvent,
                           InviteStandsEvent, KnockEvent, RosterEvent, MessageEvent, NoticeEvent, GapEvent,
                           ComposerEvent, ErrorEvent, TalkEvent, AgreedWordEvent, LaneEvent, HandsEvent, NoteEvent,
                           AlarmEvent, OrderEvent, HiddenEvent, PinnedEvent, ReactionEvent, ClosingEvent, HeldEvent,
                           ErasureEvent, TicketEvent, DutyEvent, RequestEvent, RequestGoneEvent, DeskEvent,
                           ReturnWordsEvent, AnswerEvent, HandOverEvent, TalkOpenedEvent>;

std::string_view name(Level level);
std::string_view name(OrderKind kind);
std::string_view name(ReactionSign sign);

// One JSON object (RFC 8259), on one line, with "event" first: the form of `veranda --json` and of the browser's
// worker.
std::string to_json(const Event& event);

}  // namespace veranda::client
