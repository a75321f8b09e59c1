// The client: frames in, frames and events out. The same code in a terminal, in the browser and in a simulation.
//
// Sans-IO: no socket, clock, thread or random source of its own. The caller carries out the actions, shows the events
// and says what time it is. Methods come in three sorts: what a person wants (commands), what the world does
// (connected, received, disconnected, tick), and what comes out (take_actions, next_event). After any call of the first
// two sorts, drain the third. Commands answer with an Error when they cannot be meant now; nothing is changed then.
//
// Everything is in memory. A Client that is destroyed has wiped its keys.
#pragma once

#include <memory>

#include "client-lib/circle/joining/group_book.hpp"
#include "client-lib/circle/joining/ticket.hpp"
#include "client-lib/circle/trust/trusted_staff.hpp"
#include "client-lib/client/events.hpp"
#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"
#include "protocol/limits.hpp"
#include "protocol/signed/room.hpp"

namespace veranda::client {

// Both clocks: the wall for lifetimes and days, the steady one for durations. A phone's wall clock may be days wrong.
struct Now {
    UnixMillis wall;
    std::uint64_t steady_ms = 0;
};

// What the caller has to do for us, in order.
struct Connect {};  // open a WebSocket to the relay (/ws), then call connected()
struct Send {
    Bytes message;
};                     // one binary message
struct Disconnect {};  // close it; disconnected() need not be called
// Write the group book to its file, if there is one, before whatever follows: an encoded GroupBookBody, to be sealed
// and wiped. What follows is done even if that fails; the person has to be told.
struct SaveBook {
    Bytes body;
};
using Action = std::variant<Connect, Send, Disconnect, SaveBook>;

// A member of staff's own keys and certificate, unsealed from her files.
struct StaffKeys {
    Signed<Certificate> certificate;
    crypto::SigningKey key;
    crypto::KemKeyPair sealing;
    [[nodiscard]] StaffKeys clone() const { return {certificate, key.clone(), sealing.clone()}; }
};

using circle::TrustAnchor;

struct GroupPlan {
    std::string name;
    std::string rules;
    std::string language = "en";
    std::uint64_t seconds = 3 * 3600;
    std::uint16_t members_max = limits::members_default;
    Level newcomers = Level::speaks;  // of whom a facilitator lets in without saying otherwise
    std::uint16_t slow_mode_seconds = 0;
    std::uint64_t invite_seconds =
        24 * 3600;  // an invite that nobody used by then is void; the session's end ends it too
    RoomKind kind = RoomKind::group;
    std::optional<PassKeys> invitee = {};  // of a session for two: the one who asked for it, let in without asking
};

class Client {
public:
    // `origin`: scheme://host[:port] as the transport dials it; access proofs name it.
    Client(std::string origin, TrustAnchor anchor, crypto::RandomSource& random);
    Client(Client&&) noexcept;
    ~Client();

    // ---- commands ----
    // Facilitators, before the command by which they come: their group's book. The first that host then goes on with
    // the session that is under way by it, if it was theirs; an empty name, rules or language are the book's.
    Result<void> bring_book(circle::GroupBook book);
    // Staff: opens a room. Events: state connected, then in_group.
    Result<void> host(StaffKeys keys, GroupPlan plan, Now now);
    // Anyone with a pass: fetches its card. Events: state connected, invitation.
    Result<void> open_invite(circle::Pass pass, Now now);
    // The same, if one of these certificates issued the card; any other's is an error.
    Result<void> open_invite_of(circle::Pass pass, std::vector<Hash> issuers, Now now);
    // After the invitation. A member gives a pseudonym, staff her keys (by which she knocks as staff). Event: state
    // waiting.
    Result<void> knock(std::string_view pseudonym, Now now);
    // The same from a page that was loaded again, in place of an earlier knock, as its `knocked` event named it.
    // Errors: knock_form.
    Result<void> knock_anew(std::string_view pseudonym, std::string_view earlier, Now now);
    Result<void> knock_as_staff(StaffKeys keys, Now now);

    // Comes back into the session that a ticket is of, from a process that knows nothing else of it. Staff bring their
    // keys, to come back as who they were. Events: state connecting, waiting if a person has to decide, in_group.
    Result<void> return_by(circle::Ticket ticket, Now now);
    Result<void> return_as_staff(circle::Ticket ticket, StaffKeys keys, Now now);
    // The way back as it is now: another after each admission, and with each entry. None before the first.
    std::optional<circle::Ticket> ticket() const;

    // In the group, to everyone; while she waits, to staff (event: talk). Errors: text_too_long, text_empty,
    // composer_closed, outbox_full.
    Result<void> say(std::string_view text, Now now);
    Result<void> leave(Now now);

    // To staff alone, whatever her level; event: lane. The last two from the waiting room too. Errors: not_now,
    // text_too_long, text_empty (a note), outbox_full.
    Result<void> raise_hand(bool up, Now now);
    Result<void> note(std::string_view text, Now now);
    Result<void> not_safe(std::string_view text, Now now);
    // Members: twelve words to come back with, next week or from another phone. Events: return_words at once; lane,
    // seen: a facilitator's book has them. Errors: not_now, outbox_full.
    Result<void> return_words(Now now);
    Result<void> words_seen(Now now);  // somebody else has seen them: they are void

    // Facilitators.
    Result<void> invite(bool for_staff, Now now);  // event: invite, once the relay has its card
    // Nobody knocks by it any more; who waits by it still waits. Errors: no_such_invite, also of one that is used or
    // void.
    Result<void> revoke_invite(std::uint64_t number, Now now);
    Result<void> revoke_invites(Now now);                   // every invite that was not used
    std::vector<InviteStandsEvent> invites(Now now) const;  // as they stand now, by their numbers
    // Lets in everyone who waits under this name; "*": all. Without a level: the room's for newcomers. Errors:
    // nobody_of_that_name, invite_seen_twice, room_full.
    Result<void> admit(std::string_view pseudonym, Now now, std::optional<Level> level = std::nullopt);
    Result<void> refuse(std::string_view pseudonym, Now now, std::string_view words = {});
    Result<void> agreed_word(std::string_view pseudonym);  // event: agreed_word, within a second or so
    Result<void> wrong_word(std::string_view pseudonym);   // hers were others: refuses her
    Result<void> seen(std::string_view name, Now now);     // a person has read her alarm
    Result<void> lock(bool locked, bool clear, Now now);   // `clear`: sends away who waits
    Result<void> talk(std::string_view pseudonym, std::string_view text, Now now);  // to one who waits; event: talk
    Result<void> remove(std::string_view pseudonym, Now now);
    Result<void> end(Now now);

    // What points at a message names it by its sequence, as the message event said it.
    // Errors of all: no_such_message, and those of say.
    Result<void> reply(std::uint64_t seq, std::string_view text, Now now);
    // A text that may be hard to read: shown closed. `reply_to`: as `seq`; 0: it answers nothing. Held messages carry
    // no such mark: composer_closed while the composer's `why` is held.
    Result<void> say_warned(std::uint64_t reply_to, std::string_view text, Now now);
    Result<void> react(std::uint64_t seq, ReactionSign sign, Now now);
    // Staff: any message; others: their own. Errors: not_ones_own.
    Result<void> hide(std::uint64_t seq, bool hidden, Now now);

    // Facilitators' orders about a member. Errors: only_staff, nobody_of_that_name, levels_bind_no_staff.
    Result<void> set_level(std::string_view pseudonym, Level level, std::uint64_t seconds, Now now);  // 0: until lifted
    Result<void> lift(std::string_view pseudonym, Now now);
    Result<void> slow_mode(std::uint64_t seconds, Now now);  // 0: off
    Result<void> pin(std::string_view text, Now now);        // empty: takes down
    Result<void> end(std::string_view last_words, Now now);  // said first
    // A held message of hers, the oldest: passed on to the group, or not. Errors: nobody_of_that_name.
    Result<void> release(std::string_view pseudonym, Now now);
    Result<void> decline(std::string_view pseudonym, Now now);
    // In a session for two. The counsellor: may this one take over? Event: hand_over agreed or declined; once she has
    // agreed, take_hand_over has the pass for the other, once. Errors: only_staff, not_now.
    Result<void> ask_to_hand_over(Signed<Certificate> to, Now now);
    std::optional<circle::PassEntropy> take_hand_over();
    // The survivor, after hand_over asked. Errors: hand_over_not_asked, outbox_full.
    Result<void> agree(bool agrees, Now now);
    // Takes back what this client did last, within limits::undo_ms: a level, slow mode, a lock, a hide, a pin.
    // Errors: nothing_to_undo, cannot_be_undone.
    Result<void> undo(Now now);
    // Who lost her place, and whom nobody lets in again: opens a room in the place of the one that the relay still has,
    // for everyone who was in it. Errors: not_now.
    Result<void> make_anew(Now now);

    std::vector<RosterMember> roster() const;
    // How long there has been no sign of any other staff who commit. 0: while we are not in the room ourselves.
    std::uint64_t staff_gone_ms(Now now) const;

    // ---- the world ----
    void connected(Now now);
    void received(ByteView message, Now now);
    void disconnected(Now now);
    void tick(Now now);  // at least once a second

    // ---- what comes out ----
    std::vector<Action> take_actions();
    std::optional<Event> next_event();

    struct State;
    // What it knows, for tests alone: nothing else includes client_state.hpp from outside.
    const State& state() const { return *state_; }

private:
    std::unique_ptr<State> state_;
};

}  // namespace veranda::client
