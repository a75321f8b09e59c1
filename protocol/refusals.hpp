// The closed list of answers a relay gives to a request that was well formed but is not allowed. The connection lives.
#pragma once

#include <cstdint>
#include <string_view>

namespace veranda {

enum class Refusal : std::uint16_t {
    // detail is 0 unless said otherwise
    unknown_frame = 1,      // detail: the type
    not_yet = 2,            // a hello, or an entrance to a room, has to come first
    already_in_room = 3,    // one room a connection
    proof_of_work = 4,      // detail: the bits asked for
    too_many_requests = 5,  // detail: milliseconds to wait
    too_long = 6,           // detail: bytes allowed
    busy = 7,               // the store is out of reach; nothing was done

    no_such_card = 20,
    one_card_a_connection = 21,
    knock_signature = 22,
    waiting_room_full = 23,  // detail: how many may wait
    room_locked = 24,
    no_such_knock = 25,
    talk_full = 26,  // detail: how much may be said before an answer

    no_such_room = 40,
    room_exists = 41,
    room_ended = 42,
    not_in_room = 43,
    access_signature = 44,
    staff_certificate = 45,  // unknown root, run out, not on the list, revoked
    session_statement = 46,
    genesis_invalid = 47,
    admission_invalid = 48,
    admission_signature = 49,
    room_full = 50,  // detail: members allowed
    member_removed = 51,
    elsewhere = 52,  // the access key came in by another connection
    end_time_invalid = 53,
    room_remade = 54,  // its predecessor has another successor already

    only_staff = 60,    // staff of the kind that commits in this room
    stale_epoch = 61,   // detail: the current epoch
    stale_orders = 62,  // detail: the current number of orders
    not_a_private_message = 63,
    other_group = 64,
    proposal = 65,  // proposals by reference are not used
    listens_only = 66,
    held = 67,      // speaks through a facilitator only
    too_fast = 68,  // detail: milliseconds to wait
    order_signature = 69,
    order_invalid = 70,
    order_replayed = 71,  // detail: the signer's last number
    lease_held = 72,      // detail: milliseconds left
    lane_full = 73,
    commit_expected = 74,  // an admission carries a Commit

    duty_statement = 80,  // its form, certificate, role, signature or time
    not_on_duty = 81,
    no_such_request = 82,
    request_claimed = 83,  // by another
    desk_full = 84,        // detail: how many may wait, or be kept
    not_answered = 85,     // the request waits, its answer is not there yet
    no_such_answer = 86,   // neither an answer nor a request that waits for one
    no_such_turn = 87,     // nobody is on duty by it
};

inline constexpr Refusal all_refusals[] = {
    Refusal::unknown_frame,
    Refusal::not_yet,
    Refusal::already_in_room,
    Refusal::proof_of_work,
    Refusal::too_many_requests,
    Refusal::too_long,
    Refusal::busy,
    Refusal::no_such_card,
    Refusal::one_card_a_connection,
    Refusal::knock_signature,
    Refusal::waiting_room_full,
    Refusal::room_locked,
    Refusal::no_such_knock,
    Refusal::talk_full,
    Refusal::no_such_room,
    Refusal::room_exists,
    Refusal::room_ended,
    Refusal::not_in_room,
    Refusal::access_signature,
    Refusal::staff_certificate,
    Refusal::session_statement,
    Refusal::genesis_invalid,
    Refusal::admission_invalid,
    Refusal::admission_signature,
    Refusal::room_full,
    Refusal::member_removed,
    Refusal::elsewhere,
    Refusal::end_time_invalid,
    Refusal::room_remade,
    Refusal::only_staff,
    Refusal::stale_epoch,
    Refusal::stale_orders,
    Refusal::not_a_private_message,
    Refusal::other_group,
    Refusal::proposal,
    Refusal::listens_only,
    Refusal::held,
    Refusal::too_fast,
    Refusal::order_signature,
    Refusal::order_invalid,
    Refusal::order_replayed,
    Refusal::lease_held,
    Refusal::lane_full,
    Refusal::commit_expected,
    Refusal::duty_statement,
    Refusal::not_on_duty,
    Refusal::no_such_request,
    Refusal::request_claimed,
    Refusal::desk_full,
    Refusal::not_answered,
    Refusal::no_such_answer,
    Refusal::no_such_turn,
};

std::string_view name(Refusal refusal);

// A newer relay may know more refusals than we do; a client shows the number then.
inline bool is_known(Refusal) { return true; }

}  // namespace veranda
