// The way of a request into the log. A request that a gate would stop may be a double of one that the log has already:
// the store knows, so it is asked before the refusal is given.
#include "server/relay/appends.hpp"

#include "server/relay/knocks.hpp"

namespace veranda::relay {
namespace {

using AskedHandle = std::shared_ptr<Asked>;

void judge_and_append(House& house, RoomHere& here, const AskedHandle& asked);

// Her connection, if she still sits where she asked from.
Peer* asker(House& house, const Asked& asked) { return house.peer(asked.from); }

void settle(House& house, const Asked& asked, const Verdict<Sequence>& outcome) {
    Peer* const peer = asker(house, asked);
    if (!peer) return;
    --peer->in_flight;
    if (asked.is_speech && peer->seat && peer->seat->token == asked.seat_token) --peer->seat->speaking;
    if (!outcome) return house.refuse(*peer, asked.request, outcome.error());
    house.answer(*peer, asked.request, Accepted{*outcome});
}

Verdict<Admissible> judge(const House& house, const Room& room, const Asked& asked) {
    return std::visit(
        [&](const auto& what) {
            if constexpr (std::is_same_v<std::decay_t<decltype(what)>, Admit>)
                return room.judge(asked.sender, what, house.organisation, house.settings.members_max, house.now);
            else
                return room.judge(asked.sender, what, house.now);
        },
        asked.what);
}

// An append that can only find a double: no room is ever in the last epoch.
store::Append probe(const House& house, const Asked& asked) {
    store::Append append;
    append.room = asked.room;
    append.by = asked.sender.key;
    append.submission = std::visit([](const auto& what) { return what.submission; }, asked.what);
    append.sender = asked.sender.member;
    append.now = house.now;
    append.if_epoch = Epoch{UINT64_MAX};
    return append;
}

void stored(House& house, const Asked& asked, Sequence sequence) {
    settle(house, asked, sequence);
    const auto* order = std::get_if<OrderFrame>(&asked.what);
    if (order && order->order.body.kind == OrderKind::lock && order->order.body.clear)
        send_everyone_waiting_away(house, asked.room);
}

// `verdict` is the refusal that stands if the store's state is the one it was judged on; none if it was admitted.
void stale(House& house, const AskedHandle& asked, const store::Stale& now, const std::optional<Refused>& verdict) {
    asked->is_no_double = true;
    RoomHere* const here = house.room(asked->room);
    if (!here) return settle(house, *asked, refuse(Refusal::busy));
    const Room& room = *here->room;
    const bool is_behind = room.epoch() < now.epoch || room.order_count() < now.order_count;
    const bool is_as_judged = asked->judged_epoch == now.epoch && asked->judged_orders == now.order_count;
    if (is_as_judged && verdict) return settle(house, *asked, tl::unexpected(*verdict));
    if (is_behind) return here->parked.push_back({asked, now.epoch, now.order_count, house.now});
    judge_and_append(house, *here, asked);
}

void appended(House& house, const AskedHandle& asked, const store::Answer<store::Appended>& answer,
              const std::optional<Refused>& verdict) {
    if (const auto* trouble = std::get_if<store::Trouble>(&answer))
        return settle(house, *asked, refuse(House::refusal_of(*trouble)));
    const auto& outcome = std::get<store::Appended>(answer);
    if (const auto* written = std::get_if<store::Stored>(&outcome)) return stored(house, *asked, written->sequence);
    if (const auto* now = std::get_if<store::Stale>(&outcome)) return stale(house, asked, *now, verdict);
    if (std::holds_alternative<store::RoomEnded>(outcome)) return settle(house, *asked, refuse(Refusal::room_ended));
    settle(house, *asked, refuse(Refusal::no_such_room));
    forget_room(house, asked->room);
}

void judge_and_append(House& house, RoomHere& here, const AskedHandle& asked) {
    if (!asker(house, *asked)) return;  // nobody is left to answer, and nothing was written
    if (++asked->judgements > limits::judgements_max) return settle(house, *asked, refuse(Refusal::busy));
    auto verdict = judge(house, *here.room, *asked);
    asked->judged_epoch = here.room->epoch();
    asked->judged_orders = here.room->order_count();
    std::optional<Refused> refused;
    if (!verdict) {
        refused = verdict.error();
        if (asked->is_no_double || refused->refusal == Refusal::not_in_room)
            return settle(house, *asked, tl::unexpected(*refused));
    }
    house.store.append(verdict ? std::move(*verdict).take() : probe(house, *asked),
                       house.then<store::Appended>([asked, refused](House& again, const auto& answer) {
                           appended(again, asked, answer, refused);
                       }));
}

// What is asked of a message before its room is: the room's own pace, and slow mode while one is under way.
Verdict<void> may_speak(const House& house, RoomHere& here, const Seat& seat) {
    if (seat.commits) return {};  // the pulse and the room's order go on whatever members do
    if (const std::uint64_t wait_ms = here.messages.take(house.now)) return refuse(Refusal::too_many_requests, wait_ms);
    const std::uint64_t slow_ms = here.room->slow_mode_ms();
    if (slow_ms != 0 && seat.speaking != 0) return refuse(Refusal::too_fast, slow_ms);
    return {};
}

}  // namespace

void ask(House& house, Peer& peer, RequestId request, Appendable what) {
    RoomHere& here = *peer.seat->room;
    if (!here.is_loaded) return house.refuse(peer, request, Refusal::busy);
    const bool is_speech = std::holds_alternative<Submit>(what);
    if (is_speech) {
        const auto may = may_speak(house, here, *peer.seat);
        if (!may) return house.refuse(peer, request, may.error());
        ++peer.seat->speaking;
    }
    ++peer.in_flight;
    const Sender sender{peer.seat->member, peer.seat->key};
    judge_and_append(house, here,
                     std::make_shared<Asked>(Asked{peer.id, peer.seat->token, request, here.id, sender, std::move(what),
                                                   0, false, is_speech}));
}

void judge_parked(House& house, RoomHere& here) {
    if (here.parked.empty() || !here.is_loaded) return;
    const auto all = std::exchange(here.parked, {});
    for (const Parked& parked : all) {
        const bool is_due = here.room->epoch() >= parked.epoch && here.room->order_count() >= parked.order_count;
        if (is_due)
            judge_and_append(house, here, parked.asked);
        else
            here.parked.push_back(parked);
    }
}

void give_up_parked(House& house, RoomHere& here, Refusal why) {
    const auto all = std::exchange(here.parked, {});
    for (const Parked& parked : all) settle(house, *parked.asked, refuse(why));
}

void give_up_late(House& house, RoomHere& here) {
    const auto all = std::exchange(here.parked, {});
    for (const Parked& parked : all) {
        if (house.now.value >= parked.since.value + limits::parked_ms_max)
            settle(house, *parked.asked, refuse(Refusal::busy));
        else
            here.parked.push_back(parked);
    }
}

}  // namespace veranda::relay
