// Talk's way: one of two sizes in, kept with its knock, told to the other side.
#include "server/relay/talk.hpp"

#include "server/relay/fan_out.hpp"

namespace veranda::relay {
namespace {

constexpr std::size_t seal_bytes = 32 + 16;  // encapsulated key and tag
constexpr std::size_t text_bytes = limits::talk_plain_bytes + seal_bytes;
constexpr std::size_t recap_bytes = limits::recap_plain_bytes + seal_bytes;

SharedFrame delivery_frame(const KnockId& knock, const store::StoredTalk& talk) {
    return shared_frame(TalkDelivery{knock, talk.from_staff, talk.sealed});
}

void send_talk_of_other_side(Peer& peer, const KnockId& knock, const store::Answer<std::vector<store::StoredTalk>>& all,
                             bool from_staff) {
    const auto* talks = std::get_if<std::vector<store::StoredTalk>>(&all);
    if (!talks) return;
    for (const store::StoredTalk& talk : *talks)
        if (talk.from_staff == from_staff)
            peer.connection->send(delivery_frame(knock, talk), priority_of(FrameType::talk_delivery));
}

// The room in which this connection may talk with this knock. None: it neither made the knock nor is staff who commit.
std::optional<RoomId> room_of(const Peer& peer, const KnockId& knock) {
    if (peer.seat) return peer.seat->commits && peer.seat->is_in() ? std::optional(peer.seat->room->id) : std::nullopt;
    if (peer.knock && peer.knock->stored.id == knock) return peer.knock->room;
    return std::nullopt;
}

}  // namespace

// too_long (bytes allowed), no_such_knock, talk_full (how much may be said).
void talk(House& house, Peer& peer, RequestId request, Talk&& talk) {
    const bool from_staff = peer.seat.has_value();
    const std::size_t size = talk.sealed.size();
    if (size != text_bytes && !(from_staff && size == recap_bytes))
        return house.refuse(peer, request, Refusal::too_long, from_staff ? recap_bytes : text_bytes);
    const auto room = room_of(peer, talk.knock);
    if (!room) return house.refuse(peer, request, Refusal::no_such_knock);
    house.store.put_talk(
        *room, talk.knock, {from_staff, std::move(talk.sealed)},
        house.then_for<store::TalkKept>(peer, request, [request](House& again, Peer& found, store::TalkKept kept) {
            switch (kept) {
                case store::TalkKept::kept: return again.answer(found, request, Done{});
                case store::TalkKept::no_such_knock: return again.refuse(found, request, Refusal::no_such_knock);
                case store::TalkKept::full:
                    return again.refuse(found, request, Refusal::talk_full, limits::talks_per_knock_max);
            }
        }));
}

void tell_talk_to_staff(House& house, Peer& peer, const KnockId& knock) {
    house.store.list_talks(peer.seat->room->id, knock,
                           house.then<std::vector<store::StoredTalk>>(
                               [id = peer.id, token = peer.seat->token, knock](House& again, const auto& all) {
                                   Peer* const found = again.peer(id);
                                   if (!found || !found->seat || found->seat->token != token) return;
                                   if (!found->seat->is_in()) return;
                                   if (std::holds_alternative<store::Trouble>(all)) found->seat->is_owed_knocks = true;
                                   send_talk_of_other_side(*found, knock, all, false);
                               }));
}

void tell_talk_to_joiner(House& house, Peer& peer, const RoomId& room, const KnockId& knock,
                         std::function<void(House&, Peer&)> then) {
    house.store.list_talks(room, knock,
                           house.then<std::vector<store::StoredTalk>>(
                               [id = peer.id, knock, then = std::move(then)](House& again, const auto& all) {
                                   Peer* const found = again.peer(id);
                                   if (!found) return;
                                   send_talk_of_other_side(*found, knock, all, true);
                                   then(again, *found);
                               }));
}

void talk_came(House& house, RoomHere& here, const KnockId& knock, const store::StoredTalk& talk) {
    const SharedFrame frame = delivery_frame(knock, talk);
    if (!talk.from_staff) return send_to_staff(house, here, frame, priority_of(FrameType::talk_delivery));
    const auto joiner = here.joiners.find(knock);
    Peer* const peer = joiner == here.joiners.end() ? nullptr : house.peer(joiner->second);
    if (!peer) return;
    peer->connection->send(frame, priority_of(FrameType::talk_delivery));
    ++house.counts.delivered;
}

}  // namespace veranda::relay
