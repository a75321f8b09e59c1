// What can be said of a signed body without a key: names, and whether an order uses only its own fields.
#include "protocol/signed/room.hpp"

namespace veranda {

std::string_view name(Role role) {
    switch (role) {
        case Role::member: return "member";
        case Role::facilitator: return "facilitator";
        case Role::counsellor: return "counsellor";
        case Role::mediator: return "mediator";
        case Role::lead: return "lead";
    }
    return "member";
}

bool is_well_formed(const Order& order) {
    Order only = order;  // what remains after the kind's own fields are cleared must be nothing
    switch (order.kind) {
        case OrderKind::set_level: only.member = {}, only.level = Level::speaks, only.seconds = 0; break;
        case OrderKind::slow_mode: only.seconds = 0; break;
        case OrderKind::lock: only.flag = false, only.clear = false; break;
        case OrderKind::remove:
        case OrderKind::lift: only.member = {}; break;
        case OrderKind::end: break;
    }
    const bool names_someone =
        order.kind == OrderKind::set_level || order.kind == OrderKind::remove || order.kind == OrderKind::lift;
    const Order nothing{.room = order.room, .signer = order.signer, .number = order.number, .kind = order.kind};
    return only == nothing && names_someone == !order.member.is_zero();
}

}  // namespace veranda
