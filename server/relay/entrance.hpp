// The way into a room and out of it: opening one, entering one, being read the log, and leaving the seat again.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

void open_room(House& house, Peer& peer, RequestId request, const OpenRoom& open);
void enter(House& house, Peer& peer, RequestId request, const Enter& enter);

// Reads the log on for a connection that is not live yet, if its queue has room. Harmless at any time.
void read_on(House& house, Peer& peer);

// Her seat is gone, and she is told why: after everything up to `sequence`, if the log is still being read to her.
void leave_after(House& house, Peer& peer, GoneReason reason, Sequence sequence);
void leave_seat(House& house, Peer& peer, GoneReason reason);
void drop_seat(House& house, Peer& peer);  // says nothing: the connection has closed

// Another connection came in by this key: every older one here gives way.
void see_entrance(House& house, RoomHere& here, const AccessKey& key, std::uint64_t token);

// Closes everyone's connection: they come back and resume from the log.
void cut_off(House& house, RoomHere& here);

}  // namespace veranda::relay
