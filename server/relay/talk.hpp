// Talk before admission: sealed texts that the relay keeps beside a knock and passes to the other side. It sees that
// something was said, by which side and of which of two sizes.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

void talk(House& house, Peer& peer, RequestId request, Talk&& talk);  // of who knocks, and of staff who commit

// Everything that the other side has said with this knock, oldest first.
void tell_talk_to_staff(House& house, Peer& peer, const KnockId& knock);
// `then` follows whether or not the store could say.
void tell_talk_to_joiner(House& house, Peer& peer, const RoomId& room, const KnockId& knock,
                         std::function<void(House&, Peer&)> then);

void talk_came(House& house, RoomHere& here, const KnockId& knock, const store::StoredTalk& talk);

}  // namespace veranda::relay
