// How a hosting client keeps its group book: what it writes in it and when, what it tells the other facilitators of
// it, and the return words that stand in it. Functions over the client's state, by subject and file. Specification:
// docs/protocol.md, 7.8 and 13.
//
// Only what a room for a group does is written. Where a function says nothing else, it does nothing for whoever keeps
// no book: members, and who has a session for two.
#pragma once

#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// ---- booking.cpp ----
// To come with: before host, knock_as_staff or return_as_staff. Errors: not_now.
Result<void> bring_book(Client::State& state, circle::GroupBook book);
// Whoever is to host begins, with the book that she brought, if any.
void take_brought_book(Client::State& state);
// Before a room is opened: the book says what group it is, or is begun. false: it cannot be used, and all has stopped.
bool begin_book(Client::State& state, Now now);
// A room of ours is about to be there: its session, our seat, and those of the room that it takes the place of.
void book_room(Client::State& state, const Genesis& genesis, Now now);
void book_admission(Client::State& state, const Admission& admission, WaitingKnock& waiting, Now now);
// An order of ours, about to be sent.
void book_order(Client::State& state, const Order& order, Now now);
// A level that was for a time is over.
void book_level(Client::State& state, const MemberId& member, Level level, Now now);
void book_end(Client::State& state, Now now);
// Puts the book among the actions, if it has changed. What others wrote waits for a tick.
void save_book(Client::State& state);
void save_book_at_last(Client::State& state);  // nothing more comes: what others wrote too
void tick_book(Client::State& state, Now now);

// The lone facilitator whose device died: the session under way by the book, if it has a seat of hers.
std::optional<Genesis> session_to_resume(Client::State& state, Now now);
MemberId own_seat_to_resume(const Client::State& state);
// The relay does not let us. true: it was the session of a book, and is dealt with.
bool could_not_resume(Client::State& state, const Refused& answer, Now now);

// Another's room is there in the place of the one that we meant to open, which the book names already.
void room_did_not_come_to_be(Client::State& state, Now now);

// Another room is the group's: a person asks to be let in there.
void goes_on_elsewhere(Client::State& state);

// What the files below write with. Cost: each looks through the book.
void write_in_book(Client::State& state, BookEntryKind kind, const PersonId& person, Bytes body, Now now);
std::optional<PersonId> person_at(const Client::State& state, const MemberId& member);
std::optional<circle::BookPerson> person_in_book(const Client::State& state, const PersonId& person);
bool keeps_book(const Client::State& state);

// ---- group_card.cpp ----
// Before a room is opened by a book. true: it asks the relay whether the group has one, and goes on with the answer.
bool looks_for_group(Client::State& state, Now now);
void take_group_card(Client::State& state, ByteView sealed, Now now);
// false: it is to be asked again on another connection.
bool group_card_refused(Client::State& state, const Refused& answer, Now now);
// Posts it again and again, if it is ours to do. Caller must: in a room, keeping a book.
void tend_group_card(Client::State& state, Now now);
void group_card_posted(Client::State& state, const SubmissionId& post, Now now);
void withdraw_group_card(Client::State& state, Now now);  // before the end

// ---- book_exchange.cpp ----
void tell_entry(Client::State& state, const Signed<BookEntry>& entry);
// To those who have just come in (`theirs`: their lane keys), or as one who has.
void tell_whole_book(Client::State& state, const std::vector<SealingKey>& theirs, bool as_newcomer, Now now);
void pump_book(Client::State& state, Now now);
void take_book_entry(Client::State& state, const LaneSpeaker& from, ByteView body, Now now);
bool book_acknowledged(Client::State& state, const LaneId& id, Now now);
void book_refused(Client::State& state, const Refused& answer, const Request& request, Now now);
void book_was_cut(Client::State& state);

// ---- return_words.cpp ----
// A member's: makes them, shows them to her, tells staff the public half. Errors: not_now, outbox_full.
Result<void> return_words(Client::State& state, Now now);
Result<void> words_seen(Client::State& state, Now now);
// Staff: what a member said of hers. It is acknowledged when it stands in the book.
void take_words(Client::State& state, const LaneSpeaker& from, const LaneContent& content, const LaneId& lane, Now now);
void words_acknowledged(Client::State& state, const LaneId& lane);
void pump_words(Client::State& state, Now now);
// A card for each pass in the book that has none.
void post_return_cards(Client::State& state, Now now);
// Before the end: another session of the same day has its own in their places.
void withdraw_return_cards(Client::State& state);
// Whose words these are, and whether she was here before.
void know_by_words(Client::State& state, WaitingKnock& waiting);
// Nobody comes in by this pass any more.
void void_pass(Client::State& state, const PassKeys& pass, bool withdraw);

}  // namespace veranda::client
