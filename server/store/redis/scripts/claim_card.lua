-- Points a card id to a room. KEYS: the card. ARGV: the room; until when in ms; another room that may be displaced, for
-- it no longer stands by the card; or nothing. Answers the room that the id points to afterwards.
local card = KEYS[1]
local room, lives_ms, displaced = take(), take_number(), take()
local holder = redis.call('GET', card)
if holder and holder ~= room and holder ~= displaced then return holder end
redis.call('SET', card, room, 'PX', plain(lives_ms))
return room
