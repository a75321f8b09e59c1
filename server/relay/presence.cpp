// Presence is folded from events, and held against the store's own list at every heartbeat.
#include "server/relay/presence.hpp"

#include <algorithm>

#include "server/relay/fan_out.hpp"
#include "server/relay/knocks.hpp"
#include "server/relay/lane.hpp"

namespace veranda::relay {
namespace {

void tell(House& house, const RoomHere& here, const PresenceFrame& changes) {
    if (changes.members.empty()) return;
    const SharedFrame frame = shared_frame(changes);
    const PriorityClass priority = priority_of(FrameType::presence);
    if (here.room->presence_is_for_staff())
        send_to_staff(house, here, frame, priority);
    else
        send_to_all(house, here, frame, priority);
}

void compare(House& house, RoomHere& here, const std::vector<MemberId>& everyone) {
    PresenceFrame changes;
    const SetOf<MemberId> now(everyone.begin(), everyone.end());
    for (const MemberId& member : now)
        if (!here.present.contains(member)) changes.members.push_back({member, Whereabouts::here});
    for (const MemberId& member : here.present)
        if (!now.contains(member)) changes.members.push_back({member, Whereabouts::away});
    here.present = now;
    tell(house, here, changes);
}

// An announcement that got lost on its way is made again: without it we could not tell older from newer.
void announce_again(House& house, const RoomHere& here) {
    const std::vector<Peer*> seats = here.seats;
    for (const Peer* peer : seats)
        if (peer->seat && !peer->seat->is_announced && peer->seat->is_in())
            house.store.announce_entrance(here.id, peer->seat->key, peer->seat->token);
}

// What waited for them when they came in, and the store could not say just then.
void tell_what_is_owed(House& house, const RoomHere& here) {
    const std::vector<Peer*> seats = here.seats;
    const auto is_staff_in = [](const Peer& peer) { return peer.seat && peer.seat->commits && peer.seat->is_in(); };
    for (Peer* peer : seats) {
        if (is_staff_in(*peer) && peer->seat->is_owed_knocks) show_waiting_knocks(house, *peer);
        if (is_staff_in(*peer) && peer->seat->is_owed_lane) show_waiting_lane(house, *peer);
    }
}

}  // namespace

std::vector<MemberPresence> presence_for(const RoomHere& here, const Seat& seat) {
    std::vector<MemberPresence> known;
    if (here.room->presence_is_for_staff() && !seat.commits) return known;
    for (const MemberId& member : here.present) known.push_back({member, Whereabouts::here});
    if (!here.present.contains(seat.member)) known.push_back({seat.member, Whereabouts::here});
    return known;
}

void see_presence(House& house, RoomHere& here, const MemberId& member, Whereabouts whereabouts) {
    const bool has_changed =
        whereabouts == Whereabouts::here ? here.present.insert(member).second : here.present.erase(member) != 0;
    if (has_changed) tell(house, here, {{{member, whereabouts}}});
}

void beat(House& house, RoomHere& here) {
    here.next_beat = UnixMillis{house.now.value + limits::heartbeat_ms};
    if (here.room->ended(house.now)) return;
    std::vector<MemberId> members;
    for (const Peer* peer : here.seats)
        if (peer->seat->is_in()) members.push_back(peer->seat->member);
    house.store.refresh_presence(here.id, std::move(members),
                                 house.then<std::vector<MemberId>>([id = here.id](House& again, const auto& answer) {
                                     RoomHere* const found = again.room(id);
                                     const auto* everyone = std::get_if<std::vector<MemberId>>(&answer);
                                     if (found && everyone) compare(again, *found, *everyone);
                                 }));
    announce_again(house, here);
    keep_knocks_alive(house, here);
    compare_waiting_knocks(house, here);
    tell_what_is_owed(house, here);
}

}  // namespace veranda::relay
