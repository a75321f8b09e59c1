-- A card of this room: spent (1) || knock key (32) || sealed, or nil. KEYS: room cards.
local room, cards = KEYS[1], KEYS[2]
local posted = redis.call('HGET', cards, take())
if not posted or not room_ends(room) or unpacked(posted) <= now then return nil end
return string.sub(posted, 9)
