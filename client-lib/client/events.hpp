// What the client core tells whoever shows it to a person: one variant, the same in a terminal, in the browser and in
// tests. Every text in an event has been neutralised (circle/content/safe_text.hpp): it is valid UTF-8 without
// controls.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

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

struct InviteEvent {
    std::string link;
    std::string words;
    bool for_staff = false;
};

struct KnockEvent {
    std::string name;
    Role role{};               // staff who knock say so; checked
    bool waiting = true;       // false: she went away again, or was answered
    bool returning = false;    // she was in this session before, and her own name says so
    bool was_removed = false;  // and a facilitator took her out of it
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
    bool vouched = true;  // false: no signed admission; the composer is blocked
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
    std::string why;  // code, when closed: no_facilitator, unvouched_member, reconnecting, listens_only...
};

struct ErrorEvent {
    std::string code;  // a Rule's or a Refusal's name
    std::string text;
};

// The way back, as one line (circle/joining/ticket.hpp). Never by itself: whoever shows events asks Client::ticket().
struct TicketEvent {
    std::string ticket;
};

using Event = std::variant<StateEvent, InvitationEvent, InviteEvent, KnockEvent, RosterEvent, MessageEvent, NoticeEvent,
                           GapEvent, ComposerEvent, ErrorEvent, TalkEvent, AgreedWordEvent, LaneEvent, HandsEvent,
                           NoteEvent, AlarmEvent, TicketEvent>;

// One JSON object (RFC 8259), on one line, with "event" first: the form of `veranda --json` and of the browser's
// worker.
std::string to_json(const Event& event);

}  // namespace veranda::client
