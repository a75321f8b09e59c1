// The waiting room: cards, knocks and their answers. The relay knows a knock by its hash and its card, never whose it
// is. A knock lives in the store for as long as its joiner's connection puts it again.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

KnockId knock_id(const Signed<KnockEnvelope>& envelope);

// ---- joiners ----
void find_card(House& house, Peer& peer, RequestId request, const FindCard& find);
void knock(House& house, Peer& peer, RequestId request, const KnockFrame& frame);
void withdraw_knock(House& house, Peer& peer, RequestId request, const WithdrawKnock& withdraw);
void joiner_closed(House& house, Peer& peer);
void keep_knocks_alive(House& house, const RoomHere& here);
void send_joiners_away(House& house, const RoomHere& here);  // those that wait on connections of ours
void forget_joiners(House& house, RoomHere& here, GoneReason why);

// ---- staff who commit ----
void refuse_knock(House& house, Peer& peer, RequestId request, const RefuseKnock& refuse);
void post_cards(House& house, Peer& peer, RequestId request, PostCards&& post);
void withdraw_cards(House& house, Peer& peer, RequestId request, WithdrawCards&& withdraw);
void show_waiting_knocks(House& house, Peer& peer);
void compare_waiting_knocks(House& house, RoomHere& here);  // tells staff of knocks that went without a word
void send_everyone_waiting_away(House& house, const RoomId& room);

// ---- what the store tells ----
void knock_waits(House& house, RoomHere& here, const store::StoredKnock& knock);
void knock_ended(House& house, RoomHere& here, const KnockId& knock, KnockEnd end);

}  // namespace veranda::relay
