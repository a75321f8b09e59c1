// Opening, entering, catching up, leaving. Between a snapshot and the live entries lies the log: `position` says how
// far it has been sent, and whatever comes live in the meantime is held until position has reached it.
#include "server/relay/entrance.hpp"

#include <algorithm>

#include "server/relay/challenge.hpp"
#include "server/relay/fan_out.hpp"
#include "server/relay/knocks.hpp"
#include "server/relay/lane.hpp"
#include "server/relay/opening.hpp"
#include "server/relay/presence.hpp"

namespace veranda::relay {
namespace {

// May this connection come into the room that its proof names? Errors: already_in_room, access_signature.
Verdict<void> may_come_in(const House& house, const Peer& peer, const Signed<AccessProof>& proof) {
    if (peer.seat || peer.is_entering) return refuse(Refusal::already_in_room);
    return check_access(proof, peer.challenge, house.settings.origins);
}

// Who comes in by this key? Errors: room_ended, not_in_room, staff_certificate, session_statement. The room's end does
// not shut out a member who has not seen it yet.
Verdict<MemberId> who_is(const House& house, const Room& room, const AccessKey& key) {
    const auto member = room.member_of(key);
    if (!member) return refuse(room.ended(house.now) ? Refusal::room_ended : Refusal::not_in_room);
    const Admission& admission = *room.admission_of(*member);
    if (admission.staff) {
        const auto standing = staff_standing(*admission.staff, room.id(), house.organisation, house.now);
        if (!standing) return tl::unexpected(standing.error());
    }
    return *member;
}

void send_entered(House& house, Peer& peer, RequestId request, Sequence oldest) {
    const RoomHere& here = *peer.seat->room;
    const Room& room = *here.room;
    house.answer(peer, request,
                 Entered{peer.seat->member, room.epoch(), room.last(), oldest, room.genesis(), room.admissions(),
                         room.orders_in_force(house.now), presence_for(here, *peer.seat)});
}

void go_live(House& house, Peer& peer) {
    CatchUp& catch_up = peer.seat->catch_up;
    for (CatchUp::Held& held : catch_up.held) {
        if (held.sequence <= catch_up.position) continue;
        catch_up.position = held.sequence;
        ++house.counts.delivered;
        peer.connection->send(std::move(held.frame), PriorityClass::ordinary);
    }
    std::vector<CatchUp::Held>().swap(catch_up.held);
    catch_up.held_bytes = 0;
    catch_up.is_live = true;
    house.catching_up.erase(peer.id.value);
    if (catch_up.goes) return leave_seat(house, peer, *catch_up.goes);
    const RoomHere& here = *peer.seat->room;
    if (here.room->ended(house.now) && house.now >= here.farewell_until) leave_seat(house, peer, GoneReason::ended);
}

// The entry up to which the log has to be read: what comes after it is held already.
Sequence log_end(const Seat& seat) {
    if (!seat.catch_up.held.empty()) return Sequence{seat.catch_up.held.front().sequence.value - 1};
    return seat.catch_up.goes ? seat.catch_up.goes_after : seat.room->room->last();
}

// A page may have been read before the last entries that we know of were written, so a short one says nothing. One that
// is empty, or begins after the end, says that what lies between is gone from the log.
void take_page(House& house, Peer& peer, const std::vector<LogEntry>& page) {
    CatchUp& catch_up = peer.seat->catch_up;
    const Sequence end = log_end(*peer.seat);
    for (const LogEntry& entry : page) {
        if (entry.sequence <= catch_up.position || entry.sequence > end) continue;
        if (peer.connection->queued_bytes() > 2 * limits::catch_up_bytes_max) return;  // the rest is read again later
        catch_up.position = entry.sequence;
        ++house.counts.delivered;
        peer.connection->send(entry_frame(entry), PriorityClass::ordinary);
    }
    const bool is_trimmed = page.empty() || page.front().sequence > end;
    if (is_trimmed || catch_up.position >= end) return go_live(house, peer);
    read_on(house, peer);
}

struct Coming {
    RequestId request;
    RoomId room;
    AccessKey key;
    Sequence after;
};

Seat new_seat(House& house, RoomHere& here, const MemberId& member, const Coming& coming) {
    Seat seat;
    seat.room = &here;
    seat.member = member;
    seat.key = coming.key;
    seat.commits = here.room->commits(member);
    for (const std::uint8_t byte : house.random.array<8>()) seat.token = seat.token << 8 | byte;
    seat.catch_up.position = coming.after;
    return seat;
}

// `page` is what the log holds right after `after`: it also says what the log no longer holds.
void take_seat(House& house, Peer& peer, RoomHere& here, const Coming& coming, const std::vector<LogEntry>& page) {
    if (here.is_remade) return house.refuse(peer, coming.request, Refusal::room_remade);
    const auto member = who_is(house, *here.room, coming.key);
    if (!member) return house.refuse(peer, coming.request, member.error());
    if (coming.after < here.room->last()) {
        const Sequence first = page.empty() ? here.room->last().next() : page.front().sequence;
        if (first > coming.after.next()) here.oldest = first;
    }
    peer.gone.reset();
    peer.seat = new_seat(house, here, *member, coming);
    here.seats.push_back(&peer);
    house.catching_up.insert(peer.id.value);
    const std::uint64_t token = peer.seat->token;
    const bool commits = peer.seat->commits;
    send_entered(house, peer, coming.request, here.oldest);

    if (!here.room->ended(house.now)) {
        house.store.announce_entrance(here.id, coming.key, token);
        house.store.set_presence(here.id, *member, Whereabouts::here);
    }
    // Either may have been answered at once, with anything.
    const auto still_sits = [&] { return peer.seat && peer.seat->token == token; };
    if (commits && still_sits()) show_waiting_knocks(house, peer);
    if (commits && still_sits()) show_waiting_lane(house, peer);
    if (!still_sits()) return;
    if (page.empty()) return read_on(house, peer);
    take_page(house, peer, page);
}

using Page = std::vector<LogEntry>;

// She may have gone in the meantime, or the room.
void sit_down(House& house, ConnectionId id, const Coming& coming, const Verdict<Page>& page) {
    Peer* const found = house.peer(id);
    if (!found) return;
    found->is_entering = false;
    if (!page) return house.refuse(*found, coming.request, page.error());
    RoomHere* const here = house.room(coming.room);
    if (!here) return house.refuse(*found, coming.request, Refusal::busy);
    take_seat(house, *found, *here, coming, *page);
}

void read_first_page(House& house, RoomHere& here, ConnectionId id, const Coming& coming) {
    ++here.coming;
    const auto read = [id, coming](House& again, store::Answer<Page> answer) {
        if (RoomHere* const found = again.room(coming.room); found && found->coming != 0) --found->coming;
        if (const auto* trouble = std::get_if<store::Trouble>(&answer))
            return sit_down(again, id, coming, refuse(House::refusal_of(*trouble)));
        sit_down(again, id, coming, std::get<Page>(std::move(answer)));
    };
    house.store.read_log(here.id, coming.after, limits::catch_up_entries, house.then<Page>(read));
}

// The room, then the first page of its log, then the seat. Who is ahead of us has nothing to read, and waits.
void come_in(House& house, Peer& peer, const Coming& coming) {
    peer.is_entering = true;
    with_room(house, coming.room, [id = peer.id, coming](House& again, const Verdict<RoomHere*>& here) {
        if (!here) return sit_down(again, id, coming, tl::unexpected(here.error()));
        const Sequence last = (*here)->room->last();
        if (coming.after < last) return read_first_page(again, **here, id, coming);
        if (coming.after == last) return sit_down(again, id, coming, Page{});
        (*here)->ahead.push_back({coming.after, again.now, [id, coming](House& later, const Verdict<RoomHere*>& still) {
                                      sit_down(later, id, coming,
                                               still ? Verdict<Page>(Page{}) : tl::unexpected(still.error()));
                                  }});
    });
}

// Its opener has gone before she heard of it: the store watches it for us, and nobody here is in it.
void let_unseen_room_go(House& house, const RoomId& room) {
    if (!house.rooms.contains(room)) house.store.unwatch(room);
}

// A room on its way to the store, and who is to be in it.
struct Opening {
    ConnectionId id;
    RequestId request;
    AccessProof proof;
    std::optional<RoomId> predecessor;
    Admission opener;
    store::NewRoom made;
};

void refuse_opening(House& house, const Opening& opening, Refusal why) {
    Peer* const found = house.peer(opening.id);
    if (!found) return;
    found->is_entering = false;
    house.refuse(*found, opening.request, why);
}

void open_new_room(House& house, const Opening& opening) {
    const auto opened = [opening](House& again, store::Answer<bool> answer) {
        if (const auto* trouble = std::get_if<store::Trouble>(&answer))
            return refuse_opening(again, opening, House::refusal_of(*trouble));
        const bool is_new = std::get<bool>(answer);
        if (opening.predecessor)  // a room that is there already, of the same opener's, has perhaps not got so far
            again.store.replace_room(*opening.predecessor, opening.proof.room, opening.made.lives,
                                     again.then<store::Nothing>([](House&, const auto&) {}));
        if (!is_new) return refuse_opening(again, opening, Refusal::room_exists);
        Peer* const found = again.peer(opening.id);
        if (!found) return let_unseen_room_go(again, opening.proof.room);
        found->is_entering = false;
        // From entry 1 on: her running hash begins there.
        come_in(again, *found, {opening.request, opening.proof.room, opening.proof.key, Sequence{0}});
    };
    house.store.open_room(opening.made, house.then<bool>(opened));
}

// Of a room that is still there, only staff who commit in it may say that it goes on elsewhere.
bool may_replace(const Room& room, const Admission& opener) {
    const Admission* known = room.admission_of(opener.member);
    return known != nullptr && room.commits(opener.member) && known->staff &&
           known->staff->certificate == opener.staff->certificate;
}

// One room in the place of another: the relay's own view of the old one first, then the claim, which only one has.
void succeed(House& house, const Opening& opening) {
    const auto claimed = [opening](House& again, store::Answer<bool> answer) {
        if (const auto* trouble = std::get_if<store::Trouble>(&answer))
            return refuse_opening(again, opening, House::refusal_of(*trouble));
        if (!std::get<bool>(answer)) return refuse_opening(again, opening, Refusal::room_remade);
        open_new_room(again, opening);
    };
    with_room(house, *opening.predecessor, [opening, claimed](House& again, const Verdict<RoomHere*>& here) {
        const bool is_there = here.has_value();
        if (!is_there && here.error().refusal != Refusal::no_such_room)
            return refuse_opening(again, opening, here.error().refusal);
        if (is_there && !(*here)->is_remade) {
            const Room& room = *(*here)->room;
            if (room.ended(again.now)) return refuse_opening(again, opening, Refusal::room_ended);
            if (!may_replace(room, opening.opener)) return refuse_opening(again, opening, Refusal::admission_invalid);
        }
        again.store.claim_succession(*opening.predecessor, opening.proof.room, again.then<bool>(claimed));
    });
}

}  // namespace

void open_room(House& house, Peer& peer, RequestId request, const OpenRoom& open) {
    if (const auto may = may_come_in(house, peer, open.proof); !may) return house.refuse(peer, request, may.error());
    auto made = judge_opening(open, house.organisation, house.settings, house.now);
    if (!made) return house.refuse(peer, request, made.error());
    peer.is_entering = true;
    const Opening opening{peer.id,          request,         open.proof.body, open.genesis.body.predecessor,
                          open.opener.body, *std::move(made)};
    if (opening.predecessor) return succeed(house, opening);
    open_new_room(house, opening);
}

void enter(House& house, Peer& peer, RequestId request, const Enter& enter) {
    if (const auto may = may_come_in(house, peer, enter.proof); !may) return house.refuse(peer, request, may.error());
    come_in(house, peer, {request, enter.proof.body.room, enter.proof.body.key, enter.after});
}

void read_on(House& house, Peer& peer) {
    CatchUp& catch_up = peer.seat->catch_up;
    if (catch_up.is_live || catch_up.is_reading || peer.is_closing) return;
    if (catch_up.position >= log_end(*peer.seat)) return go_live(house, peer);
    if (peer.connection->queued_bytes() > limits::catch_up_bytes_max) return;
    catch_up.is_reading = true;
    house.store.read_log(
        peer.seat->room->id, catch_up.position, limits::catch_up_entries,
        house.then<std::vector<LogEntry>>(
            [id = peer.id, token = peer.seat->token](House& again, store::Answer<std::vector<LogEntry>> answer) {
                Peer* const found = again.peer(id);
                if (!found || !found->seat || found->seat->token != token) return;
                found->seat->catch_up.is_reading = false;
                if (const auto* page = std::get_if<std::vector<LogEntry>>(&answer)) take_page(again, *found, *page);
            }));
}

void leave_after(House& house, Peer& peer, GoneReason reason, Sequence sequence) {
    CatchUp& catch_up = peer.seat->catch_up;
    if (catch_up.is_live || reason == GoneReason::elsewhere) return leave_seat(house, peer, reason);
    if (catch_up.goes) return;
    catch_up.goes = reason;
    catch_up.goes_after = sequence;
}

void leave_seat(House& house, Peer& peer, GoneReason reason) {
    house.answer(peer, {}, RoomGone{reason});
    peer.gone = reason;
    drop_seat(house, peer);
}

void drop_seat(House& house, Peer& peer) {
    if (!peer.seat) return;
    std::erase(peer.seat->room->seats, &peer);
    house.catching_up.erase(peer.id.value);
    peer.seat.reset();
}

void see_entrance(House& house, RoomHere& here, const AccessKey& key, std::uint64_t token) {
    const std::vector<Peer*> seats = here.seats;
    for (Peer* peer : seats) {
        if (peer->seat->key != key) continue;
        if (peer->seat->token == token)
            peer->seat->is_announced = true;
        else if (peer->seat->is_announced)
            leave_seat(house, *peer, GoneReason::elsewhere);
    }
}

void cut_off(House& house, RoomHere& here) {
    const std::vector<Peer*> seats = here.seats;
    for (Peer* peer : seats) {
        drop_seat(house, *peer);
        peer->is_closing = true;
        peer->connection->close(CloseCode::try_again_later);
    }
    here.is_loaded = false;  // asked of the store again by whoever comes next
}

}  // namespace veranda::relay
