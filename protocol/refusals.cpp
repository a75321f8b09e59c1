// The names of refusals, as docs/protocol.md and the clients' error events write them.
#include "protocol/refusals.hpp"

namespace veranda {

std::string_view name(Refusal refusal) {
    switch (refusal) {
        case Refusal::unknown_frame: return "unknown_frame";
        case Refusal::not_yet: return "not_yet";
        case Refusal::already_in_room: return "already_in_room";
        case Refusal::proof_of_work: return "proof_of_work";
        case Refusal::too_many_requests: return "too_many_requests";
        case Refusal::too_long: return "too_long";
        case Refusal::busy: return "busy";
        case Refusal::no_such_card: return "no_such_card";
        case Refusal::one_card_a_connection: return "one_card_a_connection";
        case Refusal::knock_signature: return "knock_signature";
        case Refusal::waiting_room_full: return "waiting_room_full";
        case Refusal::room_locked: return "room_locked";
        case Refusal::no_such_knock: return "no_such_knock";
        case Refusal::talk_full: return "talk_full";
        case Refusal::no_such_room: return "no_such_room";
        case Refusal::room_exists: return "room_exists";
        case Refusal::room_ended: return "room_ended";
        case Refusal::not_in_room: return "not_in_room";
        case Refusal::access_signature: return "access_signature";
        case Refusal::staff_certificate: return "staff_certificate";
        case Refusal::session_statement: return "session_statement";
        case Refusal::genesis_invalid: return "genesis_invalid";
        case Refusal::admission_invalid: return "admission_invalid";
        case Refusal::admission_signature: return "admission_signature";
        case Refusal::room_full: return "room_full";
        case Refusal::member_removed: return "member_removed";
        case Refusal::elsewhere: return "elsewhere";
        case Refusal::end_time_invalid: return "end_time_invalid";
        case Refusal::room_remade: return "room_remade";
        case Refusal::only_staff: return "only_staff";
        case Refusal::stale_epoch: return "stale_epoch";
        case Refusal::stale_orders: return "stale_orders";
        case Refusal::not_a_private_message: return "not_a_private_message";
        case Refusal::other_group: return "other_group";
        case Refusal::proposal: return "proposal";
        case Refusal::listens_only: return "listens_only";
        case Refusal::held: return "held";
        case Refusal::too_fast: return "too_fast";
        case Refusal::order_signature: return "order_signature";
        case Refusal::order_invalid: return "order_invalid";
        case Refusal::order_replayed: return "order_replayed";
        case Refusal::lease_held: return "lease_held";
        case Refusal::lane_full: return "lane_full";
        case Refusal::commit_expected: return "commit_expected";
        case Refusal::duty_statement: return "duty_statement";
        case Refusal::not_on_duty: return "not_on_duty";
        case Refusal::no_such_request: return "no_such_request";
        case Refusal::request_claimed: return "request_claimed";
        case Refusal::desk_full: return "desk_full";
        case Refusal::not_answered: return "not_answered";
        case Refusal::no_such_answer: return "no_such_answer";
        case Refusal::no_such_turn: return "no_such_turn";
    }
    return "newer_refusal";
}

}  // namespace veranda
