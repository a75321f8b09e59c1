// Loading a room, letting go of it, and the passing of its time.
#include "server/relay/rooms.hpp"

#include "server/relay/appends.hpp"
#include "server/relay/entrance.hpp"
#include "server/relay/fan_out.hpp"
#include "server/relay/knocks.hpp"
#include "server/relay/presence.hpp"

namespace veranda::relay {
namespace {

constexpr std::uint64_t idle_ms_max = 5'000;  // a reload of the page is not worth a watch

RoomHere* find(House& house, const RoomId& id) {
    const auto found = house.rooms.find(id);
    return found == house.rooms.end() ? nullptr : found->second.get();
}

// Takes the room out of the house; it is freed when no call can hold it any more.
std::unordered_map<RoomId, std::unique_ptr<RoomHere>, IdentifierHash>::iterator let_go(
    House& house, MapOf<RoomId, std::unique_ptr<RoomHere>>::iterator at) {
    house.gone_rooms.push_back(std::move(at->second));
    return house.rooms.erase(at);
}

void tell_waiting(House& house, RoomHere& here, const Verdict<RoomHere*>& loaded) {
    const auto waiting = std::exchange(here.waiting_for_it, {});
    for (const auto& then : waiting) then(house, loaded);
}

// Without the room nobody can wait for it.
void give_up(House& house, RoomHere& here, Refusal why) {
    here.is_loading = false;
    house.store.unwatch(here.id);
    if (why == Refusal::no_such_room) return forget_room(house, here.id);
    tell_waiting(house, here, refuse(why));
}

void present_known(House& house, const RoomId& id, const store::Answer<std::vector<MemberId>>& answer) {
    RoomHere* const here = find(house, id);
    if (!here || !here->is_loading) return;
    const auto* everyone = std::get_if<std::vector<MemberId>>(&answer);
    if (!everyone) return give_up(house, *here, Refusal::busy);
    here->present.insert(everyone->begin(), everyone->end());
    here->is_loading = false;
    here->is_loaded = true;
    const auto early = std::exchange(here->early, {});
    for (const LogEntry& entry : early) take_in(house, *here, entry);
    tell_waiting(house, *here, here);
}

void snapshot_known(House& house, const RoomId& id, const store::Answer<std::optional<store::RoomSnapshot>>& answer) {
    RoomHere* const here = find(house, id);
    if (!here || !here->is_loading) return;
    if (std::holds_alternative<store::Trouble>(answer)) return give_up(house, *here, Refusal::busy);
    const auto& snapshot = std::get<std::optional<store::RoomSnapshot>>(answer);
    if (snapshot) here->room = Room::from(id, *snapshot);
    if (!snapshot || !here->room) return give_up(house, *here, Refusal::no_such_room);
    here->oldest = snapshot->oldest;
    here->is_remade = here->is_remade || snapshot->remade;
    here->next_beat = UnixMillis{house.now.value + limits::heartbeat_ms};
    house.store.refresh_presence(id, {}, house.then<std::vector<MemberId>>([id](House& again, const auto& present) {
        present_known(again, id, present);
    }));
}

void end_if_over(House& house, RoomHere& here) {
    if (!here.room->ended(house.now) || house.now < here.farewell_until) return;
    const std::vector<Peer*> seats = here.seats;
    for (Peer* peer : seats) leave_after(house, *peer, GoneReason::ended, here.room->last());
    send_joiners_away(house, here);
}

// True if the room has been idle for long enough to be let go of.
bool is_over(const House& house, RoomHere& here) {
    if (!here.is_idle() || here.is_loading) {
        here.idle_since = {};
        return false;
    }
    if (here.idle_since.value == 0) here.idle_since = house.now;
    return house.now.value >= here.idle_since.value + idle_ms_max;
}

}  // namespace

void with_room(House& house, const RoomId& id, RoomHere::Then then) {
    auto& here = house.rooms[id];
    if (!here) here = std::make_unique<RoomHere>(id, house.settings.rates.room);
    if (here->is_loaded) return then(house, here.get());
    here->waiting_for_it.push_back(std::move(then));
    if (here->is_loading) return;
    here->is_loading = true;
    here->is_remade = false;
    here->room.reset();
    here->present.clear();
    house.store.watch(id, house.then<std::optional<store::RoomSnapshot>>(
                              [id](House& again, const auto& snapshot) { snapshot_known(again, id, snapshot); }));
}

void let_ahead_in(House& house, RoomHere& here) {
    if (here.ahead.empty()) return;
    const auto all = std::exchange(here.ahead, {});
    for (const Ahead& ahead : all) {
        if (ahead.after <= here.room->last() || house.now.value >= ahead.since.value + limits::parked_ms_max)
            ahead.then(house, &here);
        else
            here.ahead.push_back(ahead);
    }
}

void room_remade(House& house, RoomHere& here) {
    if (std::exchange(here.is_remade, true)) return;
    const std::vector<Peer*> seats = here.seats;
    for (Peer* peer : seats) leave_seat(house, *peer, GoneReason::remade);
    forget_joiners(house, here, GoneReason::remade);
    give_up_parked(house, here, Refusal::room_remade);
    const auto all_ahead = std::exchange(here.ahead, {});
    for (const Ahead& ahead : all_ahead) ahead.then(house, refuse(Refusal::room_remade));
}

void forget_room(House& house, const RoomId& id) {
    const auto at = house.rooms.find(id);
    if (at == house.rooms.end()) return;
    RoomHere& here = *at->second;
    let_go(house, at);
    house.store.unwatch(id);
    here.is_loaded = here.is_loading = false;
    const std::vector<Peer*> seats = here.seats;
    for (Peer* peer : seats) leave_seat(house, *peer, GoneReason::forgotten);
    forget_joiners(house, here, GoneReason::forgotten);
    give_up_parked(house, here, Refusal::no_such_room);
    const auto all_ahead = std::exchange(here.ahead, {});
    for (const Ahead& ahead : all_ahead) ahead.then(house, refuse(Refusal::no_such_room));
    tell_waiting(house, here, refuse(Refusal::no_such_room));
}

void forget_all_rooms(House& house) {
    std::vector<RoomId> all;
    for (const auto& [id, here] : house.rooms) all.push_back(id);
    for (const RoomId& id : all) forget_room(house, id);
}

void tend_rooms(House& house) {
    house.gone_rooms.clear();
    std::vector<RoomId> ids;
    for (const auto& [id, here] : house.rooms) ids.push_back(id);
    for (const RoomId& id : ids) {
        RoomHere* const here = find(house, id);
        if (!here) continue;
        if (is_over(house, *here)) {
            house.store.unwatch(id);
            let_go(house, house.rooms.find(id));
            continue;
        }
        if (!here->is_loaded) {
            if (!here->is_idle() && !here->is_loading) with_room(house, id, [](House&, const Verdict<RoomHere*>&) {});
            continue;
        }
        end_if_over(house, *here);
        give_up_late(house, *here);
        let_ahead_in(house, *here);
        if (house.now >= here->next_beat) beat(house, *here);
    }
}

}  // namespace veranda::relay
