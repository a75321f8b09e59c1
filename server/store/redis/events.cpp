// Decodes what scripts published and hands it to the listener.
#include "server/store/redis/events.hpp"

#include "server/store/redis/event_parts.hpp"

namespace veranda::store::redis {
namespace {

enum class EventKind : std::uint8_t {
    entry = 1,
    knock,
    knock_end,
    entrance,
    presence,
    lane,
    lane_acknowledged,
    talk,
    remade
};

std::optional<Event> decode_parts(EventKind kind, tls::Reader& reader) {
    switch (kind) {
        case EventKind::entry: return EntryEvent{part<LogEntry>(reader)};
        case EventKind::knock: {
            const auto id = part<KnockId>(reader);
            return KnockEvent{{id, remainder(reader)}};
        }
        case EventKind::knock_end: {
            const auto id = part<KnockId>(reader);
            return KnockEndEvent{id, part<KnockEnd>(reader)};
        }
        case EventKind::entrance: {
            const auto key = part<AccessKey>(reader);
            return EntranceEvent{key, part<std::uint64_t>(reader)};
        }
        case EventKind::presence: {
            const auto member = part<MemberId>(reader);
            return PresenceEvent{member, part<Whereabouts>(reader)};
        }
        case EventKind::lane: {
            const auto id = part<LaneId>(reader);
            const auto from = part<MemberId>(reader);
            return LaneEvent{{id, from, remainder(reader)}};
        }
        case EventKind::lane_acknowledged: {
            const auto to = part<MemberId>(reader);
            return LaneAcknowledgedEvent{to, remainder(reader)};
        }
        case EventKind::remade: return RemadeEvent{};
        case EventKind::talk: {
            const auto knock = part<KnockId>(reader);
            const bool from_staff = part<bool>(reader);
            return TalkEvent{knock, {from_staff, remainder(reader)}};
        }
    }
    return std::nullopt;
}

struct Teller {
    Listener& listener;
    RoomId room;

    void operator()(const EntryEvent& event) const { listener.on_entry(room, event.entry); }
    void operator()(const KnockEvent& event) const { listener.on_knock(room, event.knock); }
    void operator()(const KnockEndEvent& event) const { listener.on_knock_end(room, event.knock, event.end); }
    void operator()(const EntranceEvent& event) const { listener.on_entrance(room, event.key, event.token); }
    void operator()(const PresenceEvent& event) const { listener.on_presence(room, event.member, event.whereabouts); }
    void operator()(const LaneEvent& event) const { listener.on_lane(room, event.lane); }
    void operator()(const LaneAcknowledgedEvent& event) const {
        listener.on_lane_acknowledged(room, event.to, event.acknowledgement);
    }
    void operator()(const RemadeEvent&) const { listener.on_remade(room); }
    void operator()(const TalkEvent& event) const { listener.on_talk(room, event.knock, event.talk); }
};

}  // namespace

std::optional<Event> decode_event(ByteView bytes) {
    tls::Reader reader(bytes);
    const auto kind = static_cast<EventKind>(reader.number(1));
    auto event = decode_parts(kind, reader);
    if (!event || !reader.finish()) return std::nullopt;
    return event;
}

Bytes encode_entrance(AccessKey key, std::uint64_t token) {
    tls::Writer writer;
    writer.number(static_cast<std::uint64_t>(EventKind::entrance), 1);
    tls::write(writer, key);
    tls::write(writer, token);
    return writer.take();
}

void tell(Listener& listener, RoomId room, const Event& event) { std::visit(Teller{listener, room}, event); }

}  // namespace veranda::store::redis
