// How a hosting client keeps its group book: what it writes in it and when, what it tells the other facilitators of
// it, and the return words that stand in it. Functions over the client's state, by subject and file. Specification:
// docs/protocol.md, 7.8 and 13.
//
// Only what a room for a group does is written. Where a function says nothing else, it does nothing for whoever keeps
// no book: members, and who has a session for two.
#pragma once

#include "client-lib/client/client_state.hpp"

namespace veranda::client {

using HostingState = Client::State;

// ---- booking.cpp ----
// To come with: before host, knock_as_staff or return_as_staff. Errors: not_now.
Result<void> bring_book(HostingState& state, circle::GroupBook book);
// Whoever is to host begins, with the book that she brought, if any.
void take_brought_book(HostingState& state);
// Before a room is opened: the book says what group it is, or is begun. false: it cannot be used, and all has stopped.
bool begin_book(HostingState& state, Now now);
// A room of ours is about to be there: its session, our seat, and those of the room that it takes the place of.
void book_room(HostingState& state, const Genesis& genesis, Now now);
void book_admission(HostingState& state, const Admission& admission, WaitingKnock& waiting, Now now);
// An order of ours, about to be sent.
void book_order(HostingState& state, const Order& order, Now now);
// A level that was for a time is over.
void book_level(HostingState& state, const MemberId& member, Level level, Now now);
void book_end(HostingState& state, Now now);
// Puts the book among the actions, if it has changed. What others wrote waits for a tick.
void save_book(HostingState& state);
void save_book_at_last(HostingState& state);  // nothing more comes: what others wrote too
void tick_book(HostingState& state, Now now);

// The lone facilitator whose device died: the session under way by the book, if it has a seat of hers.
std::optional<Genesis> session_to_resume(HostingState& state, Now now);
MemberId own_seat_to_resume(const HostingState& state);
// The relay does not let us. true: it was the session of a book, and is dealt with.
bool could_not_resume(HostingState& state, const Refused& answer, Now now);

// What the files below write with. Cost: each looks through the book.
void write_in_book(HostingState& state, BookEntryKind kind, const PersonId& person, Bytes body, Now now);
std::optional<PersonId> person_at(const HostingState& state, const MemberId& member);
std::optional<circle::BookPerson> person_in_book(const HostingState& state, const PersonId& person);
bool keeps_book(const HostingState& state);

// ---- book_exchange.cpp ----
void tell_entry(HostingState& state, const Signed<BookEntry>& entry);
// To those who have just come in (`theirs`: their lane keys), or as one who has.
void tell_whole_book(HostingState& state, const std::vector<SealingKey>& theirs, bool as_newcomer, Now now);
void pump_book(HostingState& state, Now now);
void take_book_entry(HostingState& state, const LaneSpeaker& from, ByteView body, Now now);
bool book_acknowledged(HostingState& state, const LaneId& id, Now now);
void book_refused(HostingState& state, const Refused& answer, const Request& request, Now now);
void book_was_cut(HostingState& state);

// ---- return_words.cpp ----
// A member's: makes them, shows them to her, tells staff the public half. Errors: not_now, outbox_full.
Result<void> return_words(Client::State& state, Now now);
Result<void> words_seen(Client::State& state, Now now);
// Staff: what a member said of hers. It is acknowledged when it stands in the book.
void take_words(HostingState& state, const LaneSpeaker& from, const LaneContent& content, const LaneId& lane, Now now);
void words_acknowledged(HostingState& state, const LaneId& lane);
void pump_words(HostingState& state, Now now);
// A card for each pass in the book that has none.
void post_return_cards(HostingState& state, Now now);
// Before the end: another session of the same day has its own in their places.
void withdraw_return_cards(HostingState& state);
// Whose words these are, and whether she was here before.
void know_by_words(HostingState& state, WaitingKnock& waiting);
// Nobody comes in by this pass any more.
void void_pass(HostingState& state, const PassKeys& pass, bool withdraw);

}  // namespace veranda::client
