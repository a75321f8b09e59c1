// The support desk: who is on duty, who asks, who has claimed what; and who is told of it. The relay carries envelopes
// that it cannot open, and holds that one counsellor gets a request. Specification: docs/protocol.md, 14.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

// ---- requests of a connection ----
void go_on_duty(House& house, Peer& peer, RequestId request, GoOnDuty&& frame);
void go_off_duty(House& house, Peer& peer, RequestId request);
void find_duty(House& house, Peer& peer, RequestId request, const FindDuty& find);
void prove_duty(House& house, Peer& peer, RequestId request, const ProveDuty& frame);
void ask_desk(House& house, Peer& peer, RequestId request, const AskDesk& ask);
void claim_request(House& house, Peer& peer, RequestId request, const ClaimRequest& claim);
void end_request(House& house, Peer& peer, RequestId request, const EndRequest& end);
void withdraw_request(House& house, Peer& peer, RequestId request, const WithdrawRequest& withdraw);
void answer_request(House& house, Peer& peer, RequestId request, AnswerRequest&& frame);
void find_answer(House& house, Peer& peer, RequestId request, const FindAnswer& find);
void hand_over(House& house, Peer& peer, RequestId request, HandOverFrame&& frame);

// ---- what the store tells ----
void duty_asked(House& house, const Challenge& nonce);
void duty_proved(House& house, const Challenge& nonce, const Bytes& proof);
void handed_over(House& house, const Hash& turn, const Bytes& sealed);
void request_waits(House& house, const store::StoredRequest& request);
void request_stands(House& house, const LaneId& request, DeskStanding standing, const Hash& holder);

// ---- the world ----
void leave_desk(House& house, Peer& peer);  // its connection is closed
void tend_desk(House& house);               // every tick
void forget_desk(House& house);             // the store has lost its memory
// After a new staff list: whoever is no counsellor any more is off duty, and cut.
void judge_duty_anew(House& house);

}  // namespace veranda::relay
