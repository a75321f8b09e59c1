// Fan-out, and what an entry does to those who hear it.
#include "server/relay/fan_out.hpp"

#include "server/relay/appends.hpp"
#include "server/relay/entrance.hpp"
#include "server/relay/knocks.hpp"

namespace veranda::relay {
namespace {

std::size_t vector_bytes(std::size_t size) { return size + (size < 64 ? 1 : size < 16'384 ? 2 : 4); }

void send_entry(House& house, Peer& peer, Sequence sequence, const SharedFrame& frame) {
    CatchUp& catch_up = peer.seat->catch_up;
    if (catch_up.is_live) {
        if (sequence <= catch_up.position) return;  // she has it from another relay
        ++house.counts.delivered;
        return peer.connection->send(frame, PriorityClass::ordinary);
    }
    if (catch_up.goes || peer.is_closing) return;
    catch_up.held_bytes += frame->size();
    if (catch_up.held_bytes > limits::held_bytes_max) {
        peer.is_closing = true;
        return peer.connection->close(CloseCode::policy_violation);
    }
    catch_up.held.push_back({sequence, frame});
}

// A member may have several seats while an older connection is being cut: each goes whose key no longer counts.
void see_off(House& house, RoomHere& here, const Changes& changes, Sequence sequence) {
    for (const Departure& departure : changes.departures) {
        const std::vector<Peer*> seats = here.seats;
        for (Peer* peer : seats)
            if (peer->seat && peer->seat->key == departure.key) leave_after(house, *peer, departure.reason, sequence);
        if (departure.reason != GoneReason::elsewhere && here.present.contains(departure.member))
            house.store.set_presence(here.id, departure.member, Whereabouts::away);
    }
    // Everyone keeps her seat for one last word in the lane: tend_rooms() ends it.
    if (changes.has_ended) here.farewell_until = UnixMillis{house.now.value + limits::farewell_ms};
}

}  // namespace

SharedFrame entry_frame(const LogEntry& entry) {
    constexpr std::size_t fixed = 8 + 8 + MemberId::size + 1;  // sequence, received_at, sender, kind
    const std::size_t body = fixed + vector_bytes(entry.body.size());
    tls::Writer writer;
    writer.reserve(limits::frame_head_bytes + vector_bytes(body));
    writer.number(limits::frame_version, 1);
    writer.number(static_cast<std::uint64_t>(priority_of(FrameType::entry)), 1);
    writer.number(static_cast<std::uint64_t>(FrameType::entry), 2);
    writer.number(0, 4);
    writer.length(body);
    tls::write(writer, entry);
    return std::make_shared<const Bytes>(writer.take());
}

void take_in(House& house, RoomHere& here, const LogEntry& entry) {
    Room& room = *here.room;
    if (entry.sequence <= room.last()) return;
    if (entry.sequence != room.last().next()) return cut_off(house, here);
    const Changes changes = room.confirmed(entry);
    const SharedFrame frame = entry_frame(entry);
    for (Peer* peer : here.seats) send_entry(house, *peer, entry.sequence, frame);
    if (entry.kind == EntryKind::application) return let_ahead_in(house, here);
    see_off(house, here, changes, entry.sequence);
    if (changes.sends_waiting_away || changes.has_ended) send_joiners_away(house, here);
    judge_parked(house, here);
    let_ahead_in(house, here);
}

void send_to_all(House& house, const RoomHere& here, const SharedFrame& frame, PriorityClass priority) {
    for (Peer* peer : here.seats) {
        if (!peer->seat->is_in()) continue;
        peer->connection->send(frame, priority);
        ++house.counts.delivered;
    }
}

void send_to_staff(House& house, const RoomHere& here, const SharedFrame& frame, PriorityClass priority) {
    for (Peer* peer : here.seats) {
        if (!peer->seat->commits || !peer->seat->is_in()) continue;
        peer->connection->send(frame, priority);
        ++house.counts.delivered;
    }
}

}  // namespace veranda::relay
