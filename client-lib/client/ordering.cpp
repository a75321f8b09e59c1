// Orders about levels and pace: given, taken back, counted down, and told to those whom they concern.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {

const circle::Person* Client::State::person_named(std::string_view name) const {
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person == nullptr || member.leaf == session->group.own_leaf()) continue;
        if (circle::same_pseudonym(shown_name(person, member), name)) return person;
    }
    return nullptr;
}

Result<MemberId> Client::State::member_bound_by_levels(std::string_view name) const {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    const circle::Person* person = person_named(name);
    if (person == nullptr) return fail(faults::nobody_of_that_name);
    if (person->commits()) return fail(faults::levels_bind_no_staff);
    return person->admission.member;
}

Result<void> Client::State::set_level(std::string_view name, Level level, std::uint64_t seconds, Now now) {
    if (seconds > order_seconds_max) return fail(faults::plan_invalid, order_seconds_max);
    Order wanted;
    wanted.kind = OrderKind::set_level;
    wanted.member = TRY(member_bound_by_levels(name));
    wanted.level = level;
    wanted.seconds = static_cast<std::uint32_t>(seconds);
    return order(wanted, now);
}

Result<void> Client::State::lift(std::string_view name, Now now) {
    Order wanted;
    wanted.kind = OrderKind::lift;
    wanted.member = TRY(member_bound_by_levels(name));
    return order(wanted, now);
}

Result<void> Client::State::slow_mode(std::uint64_t seconds, Now now) {
    if (seconds > order_seconds_max) return fail(faults::plan_invalid, order_seconds_max);
    Order wanted;
    wanted.kind = OrderKind::slow_mode;
    wanted.seconds = static_cast<std::uint32_t>(seconds);
    return order(wanted, now);
}

// What would bring back what was before `order`, as far as we know it. None: nothing can.
std::optional<Order> Client::State::opposite_of(const Order& order, Now now) const {
    Order opposite;
    opposite.kind = order.kind;
    switch (order.kind) {
        case OrderKind::set_level:
        case OrderKind::lift: {
            opposite.member = order.member;
            const auto before = session->room.level_order_of(order.member);
            opposite.kind = before ? OrderKind::set_level : OrderKind::lift;
            if (!before) return opposite;
            opposite.level = before->level;
            const std::uint64_t left = session->room.level_ms_left(order.member, now.steady_ms);
            opposite.seconds = static_cast<std::uint32_t>((left + 999) / 1'000);
            return opposite;
        }
        case OrderKind::slow_mode: opposite.seconds = session->room.slow_mode_seconds(); return opposite;
        case OrderKind::lock: opposite.flag = session->room.is_locked(); return opposite;
        case OrderKind::remove:
        case OrderKind::end: return std::nullopt;
    }
    return std::nullopt;
}

Result<void> Client::State::undo(Now now) {
    if (!session) return fail(faults::not_now);
    if (!last_act || now.steady_ms > last_act->at + limits::undo_ms) return fail(faults::nothing_to_undo);
    if (!last_act->order && !last_act->content) return fail(faults::cannot_be_undone);
    const LastAct act = *std::exchange(last_act, std::nullopt);
    if (act.order) TRY(order(*act.order, now));
    if (act.content) TRY(send_content(act.content->first, act.content->second, {}, false, now));
    last_act.reset();
    return {};
}

// She herself is told the truth about herself, and staff are told all; the others need not know who was silenced.
void Client::State::tell_order(const Order& order) {
    const bool self_meant = order.member == self->member;
    if (!order.member.is_zero() && !self_meant && !hosting) return;
    OrderEvent event;
    event.kind = name(order.kind);
    event.by = order.signer.is_zero() ? std::string() : name_of(order.signer);  // zero: the time is over
    event.name = order.member.is_zero() ? std::string() : name_of(order.member);
    event.self = self_meant;
    event.level = order.kind == OrderKind::lift ? session->room.level_of(order.member) : order.level;
    event.seconds = order.seconds;
    event.flag = order.flag;
    events.push_back(std::move(event));
    if (!order.member.is_zero()) roster_changed();
}

// Those whose time is over: no order says so.
void Client::State::end_levels(Now now) {
    for (const MemberId& member : session->room.end_levels(now.steady_ms)) {
        Order over;
        over.kind = OrderKind::lift;
        over.member = member;
        tell_order(over);
        if (hosting && own_turn_ms() == 0) book_level(*this, member, session->room.level_of(member), now);
    }
}

// Nothing is sealed by anyone until the next epoch, and not before it is one without her leaf. So there is a Commit
// after each removal, though she may have no leaf any more.
void Client::State::take_removal(const MemberId& member, Now now, bool at_once) {
    session->being_removed.insert(member);
    plan_removal(member, now, at_once);
}

// What the missing entries did to the room: whom they let in, and what was ordered. The Commits among them are lost,
// and with them our place, which the next Commit shows.
void Client::State::take_in_the_gap(const Entered& frame, Now now) {
    if (const auto admitted = session->room.admit_all(frame.admissions, trust, trusted_now(now)); !admitted)
        report(admitted.error());
    std::vector<SignatureKey> leaves;
    for (const mls::Member& member : session->group.roster()) leaves.push_back(member.signature_key);
    session->room.settle(leaves);
    const std::set<MemberId> removed_before = session->room.removed();
    if (const auto obeyed = session->room.obey_anew(frame.orders, now.steady_ms); !obeyed) report(obeyed.error());
    if (session->room.is_removed(self->member)) {
        notice("removed", "A facilitator has taken you out of the group.");
        return stop(Phase::removed);
    }
    if (session->room.has_ended()) return begin_farewell(now);
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person == nullptr) continue;
        const MemberId& id = person->admission.member;
        if (session->room.is_removed(id) && !removed_before.contains(id)) take_removal(id, now, false);
    }
}

}  // namespace veranda::client
