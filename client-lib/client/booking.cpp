// What a facilitator's client writes in its group book, before it becomes so: sessions, people, seats, removals; and
// how a session goes on from it that lost its only facilitator. Specification: docs/protocol.md, 13.
#include "client-lib/client/booking.hpp"
#include "client-lib/circle/content/safe_text.hpp"

namespace veranda::client {

namespace {

// Members have random ids. A member of staff only has seats, by which she is found again.
PersonId person_of_staff(const Hash& certificate) {
    PersonId person;
    std::copy_n(certificate.bytes.begin(), PersonId::size, person.bytes.begin());
    return person;
}

PersonId own_person(const Client::State& state) {
    return person_of_staff(crypto::hash_of(state.hosting->keys.certificate));
}

std::vector<circle::BookPlace> places_here(const Client::State& state) {
    return state.hosting->booking.book->places(state.trust.list(), state.session->room.room());
}

void write_seat(Client::State& state, const PersonId& person, const BookSeat& seat, Now now) {
    for (const circle::BookPlace& place : state.hosting->booking.book->places(state.trust.list(), seat.room))
        if (place.person == person && place.seat == seat && !place.removed) return;
    write_in_book(state, BookEntryKind::seat, person, tls::encode(seat), now);
}

// The same group under another name, or with other rules.
void settle_welcome(Client::State& state, const GroupWelcome& known, Now now) {
    GroupPlan& plan = state.hosting->plan;
    if (plan.name.empty()) {
        plan.name = known.name;
        state.events.push_back(GroupNameEvent{circle::safe_text(known.name)});
    }
    if (plan.rules.empty()) plan.rules = known.rules;
    if (plan.language.empty()) plan.language = known.language;
    const GroupWelcome wanted{plan.name, plan.rules, plan.language};
    if (wanted != known) write_in_book(state, BookEntryKind::group, {}, tls::encode(wanted), now);
}

// Seats that the new room takes over, so that it can be made anew in its turn.
void carry_seats(Client::State& state, const RoomId& from, const RoomId& to, Now now) {
    for (circle::BookPlace& place : state.hosting->booking.book->places(state.trust.list(), from)) {
        if (place.person == own_person(state)) continue;
        place.seat.room = to;
        write_in_book(state, BookEntryKind::seat, place.person, tls::encode(place.seat), now);
        if (place.removed) write_in_book(state, BookEntryKind::removal, place.person, {}, now);
    }
}

void write_session(Client::State& state, const BookSession& session, Now now) {
    write_in_book(state, BookEntryKind::session, {}, tls::encode(session), now);
}

}  // namespace

bool keeps_book(const Client::State& state) {
    return state.hosting && state.hosting->booking.book && state.hosting->plan.kind == RoomKind::group;
}

Result<void> bring_book(Client::State& state, circle::GroupBook book) {
    if (state.hosting) return fail(faults::not_now);
    state.brought_book.emplace(std::move(book));
    return {};
}

void take_brought_book(Client::State& state) {
    if (!state.brought_book || state.hosting->plan.kind != RoomKind::group) return;
    state.hosting->booking.book.emplace(std::move(*state.brought_book));
    state.brought_book.reset();
}

bool begin_book(Client::State& state, Now now) {
    Hosting& hosting = *state.hosting;
    if (hosting.plan.kind != RoomKind::group) return true;
    const UnixSeconds today = state.trusted_now(now);
    Booking& booking = hosting.booking;
    booking.agreed = true;
    if (!booking.book) {
        const circle::BookPen pen{hosting.keys.certificate, hosting.keys.key};
        booking.book = circle::GroupBook::start({hosting.plan.name, hosting.plan.rules, hosting.plan.language}, pen,
                                                today, state.random);
        booking.unsaved = true;
        return true;
    }
    booking.book->forget_old_seats(today);
    const GroupWelcome known = booking.book->welcome(state.trust.list());
    if (known.name.empty() && hosting.plan.name.empty()) {  // nobody whose word counts has said what group it is
        state.report(Error{&circle::faults::book_entry_writer});
        state.stop(Phase::refused);
        return false;
    }
    settle_welcome(state, known, now);
    return true;
}

// What is to count after an entry of the same kind is later than it, though both were written in one second.
void write_in_book(Client::State& state, BookEntryKind kind, const PersonId& person, Bytes body, Now now) {
    Hosting& hosting = *state.hosting;
    circle::GroupBook& book = *hosting.booking.book;
    UnixSeconds before = book.newest_at(kind, person);
    if (kind == BookEntryKind::seat) before = std::max(before, book.newest_at(BookEntryKind::removal, person));
    if (kind == BookEntryKind::removal) before = std::max(before, book.newest_at(BookEntryKind::seat, person));
    const UnixSeconds at{before.value == 0 ? state.trusted_now(now).value
                                           : std::max(state.trusted_now(now).value, before.value + 1)};
    const circle::BookPen pen{hosting.keys.certificate, hosting.keys.key};
    const auto written = book.write(kind, person, std::move(body), pen, at);
    if (!written) return state.report(written.error());
    hosting.booking.unsaved = true;
    tell_entry(state, *written);
    pump_book(state, now);
}

std::optional<PersonId> person_at(const Client::State& state, const MemberId& member) {
    for (const circle::BookPlace& place : places_here(state))
        if (place.seat.member == member) return place.person;
    return std::nullopt;
}

std::optional<circle::BookPerson> person_in_book(const Client::State& state, const PersonId& person) {
    for (circle::BookPerson& each : state.hosting->booking.book->people(state.trust.list()))
        if (each.id == person) return std::move(each);
    return std::nullopt;
}

void book_room(Client::State& state, const Genesis& genesis, Now now) {
    if (!keeps_book(state)) return;
    write_session(state, {genesis.room, genesis.opened_at, genesis.ends_at, {}}, now);
    if (genesis.predecessor) carry_seats(state, *genesis.predecessor, genesis.room, now);
    const PassKeys ticket = circle::Pass::from(*state.ticket_entropy).keys();
    write_seat(state, own_person(state), {genesis.room, state.self->member, Level::speaks, ticket}, now);
}

void book_admission(Client::State& state, const Admission& admission, WaitingKnock& waiting, Now now) {
    if (!keeps_book(state)) return;
    const Knock& knock = waiting.opened->knock;
    if (knock.staff) waiting.person = person_of_staff(crypto::hash_of(knock.staff->certificate));
    if (!waiting.person && waiting.member) waiting.person = person_at(state, *waiting.member);
    if (!waiting.person) waiting.person = state.random_id<PersonId>();
    const auto known = person_in_book(state, *waiting.person);
    if (!knock.staff && (!known || known->pseudonym != knock.pseudonym))
        write_in_book(state, BookEntryKind::person, *waiting.person, tls::encode(Text{knock.pseudonym}), now);
    const Level level = waiting.member ? state.session->room.level_of(*waiting.member) : admission.level;
    write_seat(state, *waiting.person, {admission.room, admission.member, level, knock.ticket}, now);
}

void book_level(Client::State& state, const MemberId& member, Level level, Now now) {
    if (!keeps_book(state)) return;
    for (circle::BookPlace& place : places_here(state)) {
        if (place.seat.member != member || place.removed) continue;
        place.seat.level = level;
        write_seat(state, place.person, place.seat, now);
    }
}

// A removal from the staff is the organisation's to write, on its list.
void book_order(Client::State& state, const Order& order, Now now) {
    if (!keeps_book(state) || order.member.is_zero()) return;
    const circle::Person* person = state.session->room.by_member(order.member);
    if (order.kind == OrderKind::set_level) book_level(state, order.member, order.level, now);
    if (order.kind == OrderKind::lift && person != nullptr)
        book_level(state, order.member, person->admission.level, now);
    if (order.kind != OrderKind::remove || (person != nullptr && person->staff)) return;
    for (const circle::BookPlace& place : places_here(state))
        if (place.seat.member == order.member && !place.removed)
            write_in_book(state, BookEntryKind::removal, place.person, {}, now);
}

// So that nobody comes back into it by the book.
void book_end(Client::State& state, Now now) {
    if (!keeps_book(state)) return;
    auto session = state.hosting->booking.book->session_of(state.trust.list(), state.session->room.room());
    if (session && session->ends_at > state.trusted_now(now)) {
        session->ends_at = state.trusted_now(now);
        write_session(state, *session, now);
    }
    save_book_at_last(state);
}

void save_book_at_last(Client::State& state) {
    if (!keeps_book(state)) return;
    state.hosting->booking.unsaved = state.hosting->booking.unsaved || state.hosting->booking.of_others;
    save_book(state);
}

void save_book(Client::State& state) {
    if (!keeps_book(state) || !std::exchange(state.hosting->booking.unsaved, false)) return;
    state.hosting->booking.of_others = false;
    state.actions.push_back(SaveBook{tls::encode(state.hosting->booking.book->body())});
}

namespace {

// Whoever is in and not in the book: let in by one whose entries have been lost with her.
void settle_people(Client::State& state, Now now) {
    Booking& booking = state.hosting->booking;
    if (now.steady_ms < booking.settle_at || state.own_turn_ms() != 0) return;
    booking.settle_at = now.steady_ms + book_settle_ms;
    std::set<MemberId> seated;
    const std::set<MemberId> missed = std::exchange(booking.missing, {});  // their entries may be on their way
    for (const circle::BookPlace& place : places_here(state)) {
        seated.insert(place.seat.member);
        const circle::Person* person = state.session->room.by_member(place.seat.member);
        const bool is_staff = person != nullptr && person->staff;
        if (state.session->room.is_removed(place.seat.member) && !place.removed && !is_staff)
            write_in_book(state, BookEntryKind::removal, place.person, {}, now);
    }
    for (const mls::Member& member : state.session->group.roster()) {
        const circle::Person* person = state.session->room.by_leaf(member.signature_key);
        if (person == nullptr || person->staff || seated.contains(person->admission.member)) continue;
        const auto way = state.hosting->ways_back.find(person->admission.member);
        if (way == state.hosting->ways_back.end() || way->second.ticket == PassKeys{}) continue;
        if (!missed.contains(way->first)) {
            booking.missing.insert(way->first);
            continue;
        }
        const auto id = state.random_id<PersonId>();
        write_in_book(state, BookEntryKind::person, id, tls::encode(Text{way->second.pseudonym}), now);
        const Level level = state.session->room.level_of(way->first);
        write_seat(state, id, {person->admission.room, way->first, level, way->second.ticket}, now);
    }
}

}  // namespace

void tick_book(Client::State& state, Now now) {
    if (!state.hosting || !state.session || !state.entered) return;
    if (keeps_book(state)) {
        tend_group_card(state, now);
        settle_people(state, now);
        pump_words(state, now);
        Booking& booking = state.hosting->booking;
        if (booking.of_others && now.steady_ms >= booking.save_others_at) {
            booking.unsaved = true;
            booking.save_others_at = now.steady_ms + book_save_ms;
        }
    }
    pump_book(state, now);
}

// Who was in it is remembered as she stood in the book. Nobody knows when she was last heard: a person decides.
std::optional<Genesis> session_to_resume(Client::State& state, Now now) {
    if (!keeps_book(state)) return std::nullopt;
    Hosting& hosting = *state.hosting;
    const circle::GroupBook& book = *hosting.booking.book;
    const auto lost = book.session_under_way(state.trust.list(), state.trusted_now(now));
    if (!lost) return std::nullopt;
    Genesis genesis;
    genesis.kind = RoomKind::group;
    genesis.predecessor = lost->room;
    genesis.ends_at = lost->ends_at;
    const auto people = book.people(state.trust.list());
    for (const circle::BookPlace& place : book.places(state.trust.list(), lost->room)) {
        const MemberId& member = place.seat.member;
        if (place.person == own_person(state)) {
            hosting.booking.own_seat = member;
            continue;
        }
        if (place.removed) genesis.removed.push_back(member);
        if (!place.removed && place.seat.level != Level::speaks) genesis.levels.push_back({member, place.seat.level});
        const auto person =
            std::find_if(people.begin(), people.end(), [&](const auto& each) { return each.id == place.person; });
        if (person == people.end() || person->pseudonym.empty()) continue;  // of staff, who come by an invite
        WayBack way;
        way.ticket = place.seat.ticket;
        way.pseudonym = person->pseudonym;
        way.level = place.seat.level;
        way.since = Sequence{};
        hosting.ways_back.insert_or_assign(member, std::move(way));
    }
    if (!hosting.booking.own_seat) {
        hosting.ways_back.clear();
        return std::nullopt;
    }
    hosting.booking.resumed = lost;
    return genesis;
}

void room_did_not_come_to_be(Client::State& state, Now now) {
    if (!keeps_book(state)) return;
    auto not_to_be = state.hosting->booking.book->session_of(state.trust.list(), state.staff->room);
    if (!not_to_be) return;
    not_to_be->ends_at = state.trusted_now(now);
    write_session(state, *not_to_be, now);
}

// Of a session that is over there will be another; one that goes on elsewhere stays as it is.
bool could_not_resume(Client::State& state, const Refused& answer, Now now) {
    if (!state.hosting || !state.hosting->booking.resumed || asks_for_patience(answer.refusal)) return false;
    BookSession lost = *std::exchange(state.hosting->booking.resumed, std::nullopt);
    room_did_not_come_to_be(state, now);
    const bool is_over = answer.refusal == Refusal::room_ended;
    if (is_over) lost.ends_at = state.trusted_now(now);
    write_session(state, lost, now);
    if (is_over) {
        state.hosting->ways_back.clear();
        state.self.reset();
        state.staff.reset();
        state.opening_group.reset();
        state.ticket_entropy.reset();
        state.notice("session_over", "The session in the book is over. This is a new one.");
        state.open_room(now);
        return true;
    }
    state.report_refusal(answer);
    goes_on_elsewhere(state);
    return true;
}

void goes_on_elsewhere(Client::State& state) {
    state.notice("session_elsewhere",
                 "The session in the book goes on, and you are not known in it. Ask another facilitator for an invite "
                 "(/invite-staff), or wait for its end.");
    state.stop(Phase::refused);
}

}  // namespace veranda::client
