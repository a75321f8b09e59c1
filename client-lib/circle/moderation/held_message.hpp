// What a member who speaks through a facilitator has said: signed by her, passed on unchanged or not at all.
// Specification: docs/protocol.md, 8.2.
#pragma once

#include "client-lib/circle/moderation/room_state.hpp"
#include "protocol/content.hpp"

namespace veranda::circle {

// A text for a lane content of kind held_message. Errors: text_empty; text_too_long, detail: bytes at most;
// text_not_utf8.
Result<Bytes> held_text(std::string_view text);

// What its author said, if this is a held message of this room, signed by the leaf of the admission that came with it,
// and that is the one by which she is here. Whether its id is new is for the caller to say.
// Errors: held_kind, held_other_room, held_admission, held_signature, held_level (she was told to listen, or removed),
// and those of held_text.
Result<std::string> check_held_release(const HeldRelease& release, const RoomState& room, Heard heard);

}  // namespace veranda::circle
