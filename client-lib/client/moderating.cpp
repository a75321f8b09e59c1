// Orders, leaving, and the watch that facilitators' clients keep over each other.
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/client/booking.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::client {

Result<void> Client::State::order(Order order, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    order.room = session->room.room();
    order.signer = self->member;
    hosting->last_number = std::max(hosting->last_number, session->room.last_number(self->member)).next();
    order.number = hosting->last_number;
    const auto opposite = opposite_of(order, now);
    last_act = LastAct{now.steady_ms, opposite, {}};
    hosting->orders.push_back({random_id<SubmissionId>(), crypto::sign(order, self->leaf_key), false, 0});
    if (order.kind == OrderKind::end) withdraw_return_cards(*this), withdraw_group_card(*this, now);
    book_order(*this, order, now);
    pump_orders(now);
    return {};
}

void Client::State::pump_orders(Now now) {
    if (!hosting || !session || !entered || session->last < session->caught_up) return;
    for (PendingOrder& item : hosting->orders) {
        if (item.in_flight || now.steady_ms < item.not_before) continue;
        item.in_flight = true;
        ask(OrderFrame{item.submission, item.order}, {Asked::order, item.submission});
    }
}

Result<void> Client::State::remove(std::string_view name, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    const circle::Person* person = person_named(name);
    if (person == nullptr) return fail(faults::nobody_of_that_name);
    Order removal;
    removal.kind = OrderKind::remove;
    removal.member = person->admission.member;
    return order(removal, now);
}

Result<void> Client::State::end(Now now) {
    Order ending;
    ending.kind = OrderKind::end;
    return order(ending, now);
}

Result<void> Client::State::lock(bool locked, bool clear, Now now) {
    Order locking;
    locking.kind = OrderKind::lock;
    locking.flag = locked;
    locking.clear = clear;
    return order(locking, now);
}

void Client::State::take_order(const LogEntry& entry, Now now) {
    const auto order = tls::decode<Signed<Order>>(entry.body);
    if (!order) return report(order.error());
    const auto obeyed = session->room.obey(*order, heard(entry, now));
    if (!obeyed) return report(obeyed.error());
    const Order& body = order->body;
    if (hosting && body.signer == self->member)
        std::erase_if(hosting->orders, [&](const PendingOrder& item) { return item.order == *order; });
    if (!*obeyed) return;
    if (body.kind == OrderKind::end) return begin_farewell(now);
    if (body.kind != OrderKind::remove || body.member != self->member) tell_order(body);
    if (body.kind != OrderKind::remove) return;
    if (body.member == self->member) {
        if (submitted_leave) return stop(Phase::left);
        notice("removed", "A facilitator has taken you out of the group.");
        return stop(Phase::removed);
    }
    take_removal(body.member, now, body.signer == self->member);
}

// Says so to the facilitators through the lane, gives up the place at the relay, and forgets everything.
Result<void> Client::State::leave(Now) {
    if (is_final()) return fail(faults::not_now);
    if (farewell) return end_farewell(), Result<void>{};
    if (!session || !entered) {
        if (joining && joining->envelope && wire == Wire::up) ask(WithdrawKnock{joining->knock}, {Asked::withdraw, {}});
        stop(Phase::left);
        return {};
    }
    if (submitted_leave) return {};
    submitted_leave = true;
    ask_to_leave();
    return {};
}

void Client::State::ask_to_leave() {
    if (const auto lane_keys = other_lane_keys(); !lane_keys.empty()) send_lane(LaneKind::leaving, {}, lane_keys);
    ask(Leave{random_id<SubmissionId>()}, {Asked::leave, {}});
}

void Client::State::on(const Lease& lease, Now now) {
    if (!hosting || lease.kind != LeaseKind::admitting) return;
    hosting->lease_until = lease.ms_left == 0 ? 0 : now.steady_ms + lease.ms_left;
}

// Leaves that have been silent too long are taken out: a facilitator's keeps everybody's composer closed, and a
// member's is a key that may lie on a phone she has lost.
void Client::State::watch_leaves(Now now) {
    const auto watch = [&](const std::map<MemberId, std::uint64_t>& heard_at, std::uint64_t silent_ms_max) {
        for (const auto& [member, heard] : heard_at) {
            const bool may_say_that_she_lives = session->room.level_of(member) == Level::speaks;
            if (may_say_that_she_lives && now.steady_ms > heard + silent_ms_max && !hosting->to_remove.contains(member))
                plan_removal(member, now, false);
        }
    };
    watch(session->last_pulse, limits::pulse_missing_ms);
    watch(session->last_heard, limits::leaf_silent_ms_max);
}

}  // namespace veranda::client
