// From one confirmed entry to everyone who is in the room by this relay: encoded once, shared by every queue.
#pragma once

#include "server/relay/house.hpp"

namespace veranda::relay {

// The bytes of an EntryFrame, with one copy of the body. Equal to encode_frame(EntryFrame{entry}).
SharedFrame entry_frame(const LogEntry& entry);

// Takes in an entry, sends it to every seat, its sender's too, and does what it means: departures, the end. Entries
// that were seen already are passed over. A gap means that the store could not keep up: those who are here are cut off
// and resume from the log.
void take_in(House& house, RoomHere& here, const LogEntry& entry);

// To every seat, or to those of staff who commit.
void send_to_all(House& house, const RoomHere& here, const SharedFrame& frame, PriorityClass priority);
void send_to_staff(House& house, const RoomHere& here, const SharedFrame& frame, PriorityClass priority);

}  // namespace veranda::relay
