// What facilitators' clients tell each other of their group books, through the lane: all of it when one comes in, and
// each new entry. Each envelope is for one of them, since the first acknowledgement lets it go; few are on their way at
// once, so that no alarm waits behind them. Specification: docs/protocol.md, 8.1 and 13.
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/booking.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::client {

namespace {

// The certificate of a facilitator who is or was in the room: everyone there has it.
const Signed<Certificate>* certificate_in_room(const Client::State& state, const Hash& certificate) {
    for (const auto& [leaf, person] : state.session->room.admitted())
        if (person.admission.staff && crypto::hash_of(person.admission.staff->certificate) == certificate)
            return &person.admission.staff->certificate;
    return nullptr;
}

// None: with its writer's certificate it is too long, or it is not here any more.
std::optional<LaneEnvelope> sealed_parcel(Client::State& state, const BookParcel& parcel) {
    const circle::GroupBook& book = *state.hosting->booking.book;
    const Signed<BookEntry>* entry = book.entry(parcel.entry);
    if (entry == nullptr) return std::nullopt;
    BookEntryTold told{*entry, std::nullopt};
    if (certificate_in_room(state, entry->body.certificate) == nullptr) {
        const Signed<Certificate>* writer = book.certificate(entry->body.certificate);
        if (writer == nullptr) return std::nullopt;
        told.certificate = *writer;
    }
    const LaneContent content{state.session->room.room(), state.self->member, LaneKind::book_entry,
                              state.random_id<InnerId>(), tls::encode(told)};
    const auto envelope = circle::seal_lane(content, state.self->leaf_key, std::vector{parcel.to}, state.random);
    if (!envelope) return std::nullopt;
    return *envelope;
}

bool is_here(const std::vector<SealingKey>& keys, const SealingKey& key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::optional<SealingKey> lane_key_of(const Client::State& state, const MemberId& member) {
    const circle::Person* person = state.session->room.by_member(member);
    return person != nullptr && person->commits() ? std::optional(person->staff->lane_key()) : std::nullopt;
}

// Of what the group is called, only what counts is told, and in one's own name if its writer's certificate does not go
// with it.
void renew_group_entry(Client::State& state, Now now) {
    circle::GroupBook& book = *state.hosting->booking.book;
    const GroupWelcome welcome = book.welcome(state.trust.list());
    const UnixSeconds newest = book.newest_at(BookEntryKind::group, {});
    for (const Signed<BookEntry>& entry : book.entries())
        if (entry.body.kind == BookEntryKind::group && entry.body.at == newest &&
            certificate_in_room(state, entry.body.certificate) != nullptr)
            return;
    if (!welcome.name.empty()) write_in_book(state, BookEntryKind::group, {}, tls::encode(welcome), now);
}

}  // namespace

// Goes before what is told of earlier days.
void tell_entry(Client::State& state, const Signed<BookEntry>& entry) {
    if (!state.session || !state.entered) return;
    for (const SealingKey& key : state.other_lane_keys())
        state.hosting->booking.to_tell.push_front({crypto::hash_of(entry), key});
}

// The two sides tell in opposite orders, and leave out what they have heard meanwhile: so they meet in the middle.
void tell_whole_book(Client::State& state, const std::vector<SealingKey>& theirs, bool as_newcomer, Now now) {
    if (!keeps_book(state) || theirs.empty()) return;
    state.hosting->booking.book->forget_old_seats(state.trusted_now(now));
    renew_group_entry(state, now);
    auto entries = state.hosting->booking.book->entries();
    if (as_newcomer) std::reverse(entries.begin(), entries.end());
    auto& to_tell = state.hosting->booking.to_tell;
    for (const Signed<BookEntry>& entry : entries)
        for (const SealingKey& key : theirs) to_tell.push_back({crypto::hash_of(entry), key});
    pump_book(state, now);
}

void pump_book(Client::State& state, Now now) {
    if (!keeps_book(state) || !state.session || !state.entered) return;
    Booking& booking = state.hosting->booking;
    const auto keys = state.other_lane_keys();
    std::map<SealingKey, std::size_t> under_way;
    for (auto& [id, parcel] : booking.on_the_way) {
        ++under_way[parcel.to];
        if (now.steady_ms < parcel.sent_at + book_again_ms) continue;
        parcel.sent_at = now.steady_ms;
        state.ask(LaneFrame{parcel.envelope}, {Asked::book, parcel.request});
    }
    std::erase_if(booking.on_the_way, [&](const auto& each) { return !is_here(keys, each.second.to); });
    std::deque<BookParcel> later;
    while (!booking.to_tell.empty() && booking.next_at <= now.steady_ms + book_burst_ms) {
        BookParcel parcel = std::move(booking.to_tell.front());
        booking.to_tell.pop_front();
        if (!is_here(keys, parcel.to)) continue;
        if (under_way[parcel.to] >= book_at_once_max) {
            later.push_back(std::move(parcel));
            continue;
        }
        auto envelope = sealed_parcel(state, parcel);
        if (!envelope) continue;
        ++under_way[parcel.to];
        booking.next_at = std::max(booking.next_at, now.steady_ms) + book_pace_ms;
        parcel.envelope = *std::move(envelope);
        parcel.request = state.random_id<SubmissionId>();
        parcel.sent_at = now.steady_ms;
        state.ask(LaneFrame{parcel.envelope}, {Asked::book, parcel.request});
        booking.on_the_way.insert_or_assign(circle::lane_id(parcel.envelope), std::move(parcel));
    }
    booking.to_tell.insert(booking.to_tell.begin(), later.begin(), later.end());
}

bool book_acknowledged(Client::State& state, const LaneId& id, Now now) {
    if (!state.hosting || state.hosting->booking.on_the_way.erase(id) == 0) return false;
    pump_book(state, now);
    return true;
}

void book_refused(Client::State& state, const Refused& answer, const Request& request, Now now) {
    if (!state.hosting) return;
    Booking& booking = state.hosting->booking;
    for (const auto& [id, parcel] : booking.on_the_way)  // it goes again, as it is
        if (parcel.request == request.submission)
            booking.next_at = std::max(booking.next_at, now.steady_ms + patience_ms(answer));
}

void book_was_cut(Client::State& state) {
    if (!state.hosting) return;
    for (auto& [id, parcel] : state.hosting->booking.on_the_way) parcel.sent_at = 0;
}

// Whoever came without a book, or with another group's, begins one with the first entry that she is told.
void take_book_entry(Client::State& state, const LaneSpeaker& from, ByteView body, Now now) {
    if (!state.hosting || state.hosting->plan.kind != RoomKind::group) return;
    const auto told = tls::decode<BookEntryTold>(body);
    if (!told) return state.report(told.error());
    Booking& booking = state.hosting->booking;
    const BookEntry& entry = told->entry.body;
    const Signed<Certificate>* writer = told->certificate ? &*told->certificate : nullptr;
    if (writer == nullptr) writer = certificate_in_room(state, entry.certificate);
    if (writer == nullptr && booking.book) writer = booking.book->certificate(entry.certificate);
    if (writer == nullptr) return state.report(Error{&circle::faults::book_entry_writer});
    const bool is_of_another = booking.book && booking.book->group() != entry.group;
    const bool begins = !booking.book || (is_of_another && !booking.agreed);
    auto begun = begins ? std::optional(circle::GroupBook::empty(entry.group)) : std::nullopt;
    circle::GroupBook& book = begun ? *begun : *booking.book;
    const auto taken = book.take(told->entry, *writer, state.trust.organisation().root);
    if (is_of_another && !std::exchange(booking.warned, true)) state.report(Error{&circle::faults::book_other_group});
    if (!taken) return is_of_another ? void() : state.report(taken.error());
    if (begun) {
        booking.book = std::move(begun);
        booking.to_tell.clear();  // of one of another group
    }
    booking.agreed = true;
    const Hash hash = crypto::hash_of(told->entry);
    const auto their_key = lane_key_of(state, from.member);
    std::erase_if(booking.to_tell,
                  [&](const BookParcel& parcel) { return parcel.entry == hash && parcel.to == their_key; });
    if (!*taken) return;
    booking.of_others = true;
    if (entry.kind == BookEntryKind::seat) pump_words(state, now);
    if (entry.kind == BookEntryKind::pass) booking.cards_at = now.steady_ms + book_cards_wait_ms;
    if (entry.kind == BookEntryKind::pass_void) void_pass(state, *tls::decode<PassKeys>(entry.body), false);
    const GroupWelcome welcome = booking.book->welcome(state.trust.list());
    if (entry.kind != BookEntryKind::group || welcome.name.empty()) return;
    state.hosting->plan.name = welcome.name;
    state.hosting->plan.rules = welcome.rules;
    state.hosting->plan.language = welcome.language;
}

}  // namespace veranda::client
