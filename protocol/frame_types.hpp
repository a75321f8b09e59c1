// The numbers by which frames are known, and what goes first in a queue. The frames themselves: frames.hpp.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda {

using RequestId = Number<struct RequestIdTag, std::uint32_t>;

// What goes first in a queue. The relay sets it by type and ignores what a client claims.
enum class PriorityClass : std::uint8_t { urgent = 0, control = 1, ordinary = 2 };
inline bool is_known(PriorityClass value) { return value <= PriorityClass::ordinary; }

enum class FrameType : std::uint16_t {
    // client to relay
    client_hello = 0x0101,
    get_staff_list = 0x0102,
    find_card = 0x0103,
    knock = 0x0104,
    withdraw_knock = 0x0105,
    open_room = 0x0106,
    enter = 0x0107,
    submit = 0x0108,
    admit = 0x0109,
    refuse_knock = 0x010a,
    order = 0x010b,
    post_cards = 0x010c,
    withdraw_cards = 0x010d,
    claim_lease = 0x010e,
    lane = 0x0110,
    acknowledge_lane = 0x0111,
    leave = 0x0112,
    talk = 0x0120,
    hold = 0x0121,
    go_on_duty = 0x0130,  // the support desk, to 0x013f
    go_off_duty = 0x0131,
    find_duty = 0x0132,
    prove_duty = 0x0133,
    ask_desk = 0x0134,
    claim_request = 0x0135,
    end_request = 0x0136,
    withdraw_request = 0x0137,
    answer_request = 0x0138,
    find_answer = 0x0139,
    hand_over = 0x013a,
    // relay to client
    server_hello = 0x0201,
    staff_list = 0x0202,
    card = 0x0203,
    done = 0x0204,
    accepted = 0x0205,
    refused = 0x0206,
    fault = 0x0207,
    entered = 0x0208,
    entry = 0x0209,
    knock_waiting = 0x020a,
    knock_gone = 0x020b,
    admitted = 0x020c,
    knock_refused = 0x020d,
    lease = 0x020e,
    presence = 0x020f,
    lane_delivery = 0x0210,
    lane_acknowledged = 0x0211,
    room_gone = 0x0212,
    talk_delivery = 0x0213,
    duty = 0x0220,  // the support desk, to 0x022f
    duty_nonce = 0x0221,
    duty_proof = 0x0222,
    desk_request = 0x0223,
    desk_state = 0x0224,
    desk_claim = 0x0225,
    desk_answer = 0x0226,
    handed_over = 0x0227,
};

}  // namespace veranda
