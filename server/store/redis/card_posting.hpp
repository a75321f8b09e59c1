// Posting cards takes three steps, because a card's id and its room are on different nodes of a Cluster: the ids are
// pointed to the room, the room keeps the cards, and ids of cards that it did not keep are let go.
#pragma once

#include "server/store/redis/commands.hpp"

namespace veranda::store::redis {

void post_cards(Commands& commands, RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then);

// Lets go of the card's id if it points to this room. Nobody waits for it: the room says whether a card stands.
void release_card(Commands& commands, RoomId room, CardId card);

// A card of this room as its `cards` have it; none if it does not stand there.
void get_card(Commands& commands, RoomId room, CardId card, Then<std::optional<StoredCard>> then);

}  // namespace veranda::store::redis
