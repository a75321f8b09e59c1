// Who may say what kind of thing inside the group. Checked by every client on everything it opens, whatever the relay
// let through.
#pragma once

#include "protocol/content.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::circle {

// Does this kind count only from staff who commit in this room?
inline bool only_committing_staff(ContentKind kind) {
    switch (kind) {
        case ContentKind::pulse:
        case ContentKind::pin:
        case ContentKind::round:
        case ContentKind::recap:
        case ContentKind::held_release:
        case ContentKind::closing:
        case ContentKind::hand_over: return true;
        case ContentKind::text:
        case ContentKind::reply:
        case ContentKind::warned:
        case ContentKind::hide:  // anyone's for a message of her own: its body says whose it is
        case ContentKind::liveness:
        case ContentKind::reaction:
        case ContentKind::hello: return false;
    }
    return false;  // a newer kind says nothing to us, so anyone may send it
}

// May she send it? `commits`: she is staff who commit here; `about_her_own`: what it points at is her own.
inline bool may_send(ContentKind kind, bool commits, bool about_her_own) {
    if (kind == ContentKind::hide) return commits || about_her_own;
    return commits || !only_committing_staff(kind);
}

// Is this said in the lane by staff who commit alone, to each other?
inline bool only_committing_staff(LaneKind kind) {
    return kind == LaneKind::pass_secret || kind == LaneKind::pass_void || kind == LaneKind::book_entry ||
           kind == LaneKind::staff_ticket;
}

}  // namespace veranda::circle
