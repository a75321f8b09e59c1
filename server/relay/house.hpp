// What all subjects of the relay share: connections, rooms, store, time; and the few ways in which they answer.
//
// A House outlives no call of the store's by itself: every continuation holds it weakly and looks again at what it
// needs, since a connection may have gone and a room may have ended in between.
#pragma once

#include "protocol/frame_codec.hpp"
#include "server/relay/desk_here.hpp"
#include "server/relay/rooms.hpp"

namespace veranda::relay {

template <class Frame>
SharedFrame shared_frame(const Frame& frame, RequestId request = {}) {
    return std::make_shared<const Bytes>(encode_frame(frame, request));
}

struct House {
    House(Settings its_settings, Organisation its_organisation, store::Store& its_store,
          crypto::RandomSource& its_random)
        : settings(std::move(its_settings)),
          organisation(std::move(its_organisation)),
          store(its_store),
          random(its_random) {}

    Settings settings;
    Organisation organisation;
    store::Store& store;
    crypto::RandomSource& random;
    UnixMillis now;
    Counts counts;
    std::unordered_map<std::uint64_t, Peer> peers;  // by the connection's id
    MapOf<RoomId, std::unique_ptr<RoomHere>> rooms;
    std::vector<std::unique_ptr<RoomHere>> gone_rooms;  // let go of, and freed at the next tick: some call may hold one
    std::unordered_set<std::uint64_t> catching_up;      // connections whose log is still being read
    ConnectionId last_connection;
    DeskHere desk;
    std::weak_ptr<House> self;

    Peer* peer(ConnectionId id) {
        const auto found = peers.find(id.value);
        return found == peers.end() ? nullptr : &found->second;
    }
    RoomHere* room(const RoomId& id) {  // none while it is being loaded
        const auto found = rooms.find(id);
        return found == rooms.end() || !found->second->is_loaded ? nullptr : found->second.get();
    }

    template <class Frame>
    void answer(Peer& peer, RequestId request, const Frame& frame) {
        peer.connection->send(shared_frame(frame, request), priority_of(Frame::type));
    }
    void refuse(Peer& peer, RequestId request, const Refused& refused) {
        ++counts.refused;
        answer(peer, request, refused);
    }
    void refuse(Peer& peer, RequestId request, Refusal refusal, std::uint64_t detail = 0) {
        refuse(peer, request, Refused{refusal, detail});
    }

    // What follows an answer of the store: `then(house, answer)`, unless the relay is gone.
    template <class T, class F>
    store::Then<T> then(F follow) {
        return [weak = self, follow = std::move(follow)](store::Answer<T> answer) mutable {
            const auto house = weak.lock();
            if (!house) return;
            if (const auto* trouble = std::get_if<store::Trouble>(&answer); trouble && is_forgotten(*trouble))
                forget_all_rooms(*house);
            follow(*house, std::move(answer));
        };
    }

    // The same for a request of a connection: `follow(house, peer, value)` if it is still there. What the store could
    // not do is refused here: busy, or no_such_room if it has lost its memory.
    template <class T, class F>
    store::Then<T> then_for(Peer& asker, RequestId request, F follow) {
        ++asker.in_flight;
        return then<T>(
            [id = asker.id, request, follow = std::move(follow)](House& house, store::Answer<T> answer) mutable {
                Peer* const found = house.peer(id);
                if (!found) return;
                --found->in_flight;
                if (const auto* trouble = std::get_if<store::Trouble>(&answer))
                    return house.refuse(*found, request, refusal_of(*trouble));
                follow(house, *found, std::get<T>(std::move(answer)));
            });
    }

    static bool is_forgotten(store::Trouble trouble) { return trouble == store::Trouble::forgotten; }
    static Refusal refusal_of(store::Trouble trouble) {
        return is_forgotten(trouble) ? Refusal::no_such_room : Refusal::busy;
    }
};

}  // namespace veranda::relay
