// The lane's way: one size in, urgent out.
#include "server/relay/lane.hpp"

#include <algorithm>

#include "server/relay/fan_out.hpp"

namespace veranda::relay {
namespace {

constexpr std::size_t sealed_bytes = limits::lane_plain_bytes + 16;  // and the tag
SharedFrame delivery_frame(const store::StoredLane& lane) {
    tls::Writer body;
    tls::write(body, lane.from);
    body.raw(lane.envelope);
    return std::make_shared<const Bytes>(encode_frame_bytes(FrameType::lane_delivery, {}, body.bytes()));
}

// Whose connection said what. By the member alone nobody who waits, or who has just been let in, could be told.
void remember(Peer& peer, const LaneId& id) {
    if (std::find(peer.lanes.begin(), peer.lanes.end(), id) != peer.lanes.end()) return;
    peer.lanes.push_back(id);
    if (peer.lanes.size() > limits::lanes_remembered_max) peer.lanes.erase(peer.lanes.begin());
}

}  // namespace

bool is_of_the_one_size(const LaneEnvelope& envelope) {
    return envelope.sealed.size() == sealed_bytes && !envelope.header.wraps.empty() &&
           envelope.header.wraps.size() <= limits::lane_wraps_max;
}

// too_many_requests (ms to wait), too_long (bytes allowed), lane_full.
void send_lane(House& house, Peer& peer, RequestId request, const LaneFrame& frame) {
    TokenBucket& bucket = peer.seat && peer.seat->commits ? peer.staff_lane : peer.lane;
    if (const std::uint64_t wait_ms = bucket.take(house.now))
        return house.refuse(peer, request, Refusal::too_many_requests, wait_ms);
    if (!is_of_the_one_size(frame.envelope))
        return house.refuse(peer, request, Refusal::too_long, lane_envelope_bytes_max);
    Bytes envelope = tls::encode(frame.envelope);
    const LaneId id{crypto::sha256(envelope).bytes};
    remember(peer, id);
    const RoomId room = peer.seat ? peer.seat->room->id : peer.knock->room;
    const MemberId from = peer.seat ? peer.seat->member : MemberId{};  // who waits has none yet
    house.store.put_lane(room, {id, from, std::move(envelope)},
                         house.then_for<bool>(peer, request, [request](House& again, Peer& found, bool is_kept) {
                             if (!is_kept) return again.refuse(found, request, Refusal::lane_full);
                             again.answer(found, request, Done{});
                         }));
}

// Paced as any request, so that an alarm never waits for it. too_long (bytes allowed), room_ended, listens_only,
// too_fast (ms to wait), lane_full.
void hold(House& house, Peer& peer, RequestId request, const Hold& frame) {
    if (!is_of_the_one_size(frame.envelope))
        return house.refuse(peer, request, Refusal::too_long, lane_envelope_bytes_max);
    const auto may = peer.seat->room->room->judge_hold({peer.seat->member, peer.seat->key}, house.now);
    if (!may) return house.refuse(peer, request, may.error());
    Bytes envelope = tls::encode(frame.envelope);
    const LaneId id{crypto::sha256(envelope).bytes};
    const auto put = [request](House& again, Peer& found, bool is_kept) {
        if (!is_kept) return again.refuse(found, request, Refusal::lane_full);
        if (found.seat && found.seat->room->room) found.seat->room->room->spoke(found.seat->member, again.now);
        again.answer(found, request, Done{});
    };
    house.store.put_held(peer.seat->room->id, {id, peer.seat->member, std::move(envelope)},
                         house.then_for<bool>(peer, request, put));
}

// order_signature. An envelope that another has acknowledged already is as well.
void acknowledge_lane(House& house, Peer& peer, RequestId request, const AcknowledgeLane& frame) {
    const RoomHere& here = *peer.seat->room;
    const LaneAcknowledgement& body = frame.acknowledgement.body;
    const SignatureKey* key = here.room->session_key_of(peer.seat->member);
    if (!key || body.room != here.id || body.signer != peer.seat->member ||
        !crypto::signature_holds(frame.acknowledgement, *key))
        return house.refuse(peer, request, Refusal::order_signature);
    house.store.acknowledge_lane(here.id, body.envelope, tls::encode(frame.acknowledgement),
                                 house.then_for<bool>(peer, request, [request](House& again, Peer& found, bool) {
                                     again.answer(found, request, Done{});
                                 }));
}

void show_waiting_lane(House& house, Peer& peer) {
    house.store.list_lane(peer.seat->room->id,
                          house.then<std::vector<store::StoredLane>>(
                              [id = peer.id, token = peer.seat->token](House& again, const auto& answer) {
                                  Peer* const found = again.peer(id);
                                  const auto* lane = std::get_if<std::vector<store::StoredLane>>(&answer);
                                  if (!lane || !found || !found->seat || found->seat->token != token) return;
                                  if (!found->seat->is_in()) return;
                                  found->seat->is_owed_lane = false;
                                  for (const store::StoredLane& waiting : *lane)
                                      found->connection->send(delivery_frame(waiting), PriorityClass::urgent);
                              }));
}

void lane_waits(House& house, RoomHere& here, const store::StoredLane& lane) {
    send_to_staff(house, here, delivery_frame(lane), PriorityClass::urgent);
}

// To whoever said it, and to staff, so that no alarm is answered twice.
void lane_acknowledged(House& house, RoomHere& here, const MemberId& to, const Bytes& acknowledgement) {
    const auto frame =
        std::make_shared<const Bytes>(encode_frame_bytes(FrameType::lane_acknowledged, {}, acknowledgement));
    const auto decoded = tls::decode<Signed<LaneAcknowledgement>>(acknowledgement);
    const auto said_it = [&](const Peer& peer) {
        return decoded && std::find(peer.lanes.begin(), peer.lanes.end(), decoded->body.envelope) != peer.lanes.end();
    };
    for (Peer* peer : here.seats)
        if (peer->seat->is_in() && (peer->seat->member == to || peer->seat->commits || said_it(*peer)))
            peer->connection->send(frame, PriorityClass::urgent);
    for (const auto& [knock, from] : here.joiners)
        if (Peer* const peer = house.peer(from); peer && said_it(*peer))
            peer->connection->send(frame, PriorityClass::urgent);
    house.counts.delivered += 1;
}

}  // namespace veranda::relay
