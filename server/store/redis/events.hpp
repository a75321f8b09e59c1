// What scripts publish on a room's channel: one byte that says what it is, then its parts. Scripts write them, so there
// is only a decoder here; scripts/append.lua and its neighbours are the other half.
#pragma once

#include "server/store/store.hpp"

namespace veranda::store::redis {

struct EntryEvent {
    LogEntry entry;
};
struct KnockEvent {
    StoredKnock knock;
};
struct KnockEndEvent {
    KnockId knock;
    KnockEnd end{};
};
struct EntranceEvent {
    AccessKey key;
    std::uint64_t token = 0;
};
struct PresenceEvent {
    MemberId member;
    Whereabouts whereabouts{};
};
struct LaneEvent {
    StoredLane lane;
};
struct LaneAcknowledgedEvent {
    MemberId to;
    Bytes acknowledgement;
};
struct RemadeEvent {};
struct TalkEvent {
    KnockId knock;
    StoredTalk talk;
};
using Event = std::variant<EntryEvent, KnockEvent, KnockEndEvent, EntranceEvent, PresenceEvent, LaneEvent,
                           LaneAcknowledgedEvent, TalkEvent, RemadeEvent>;

// None: nobody of ours published this.
std::optional<Event> decode_event(ByteView bytes);

// Entrances are published by the store itself.
Bytes encode_entrance(AccessKey key, std::uint64_t token);

void tell(Listener& listener, RoomId room, const Event& event);

}  // namespace veranda::store::redis
