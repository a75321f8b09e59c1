-- Keeps cards whose ids point to this room. KEYS: room cards. Answers for each card 1 if it was kept, 0 if not.
local room, cards = KEYS[1], KEYS[2]
local ends = room_ends(room)
local most, count = take_number(), take_number()

local posted = redis.call('HGETALL', cards)
for i = 1, #posted, 2 do
  if unpacked(posted[i + 1]) <= now then redis.call('HDEL', cards, posted[i]) end
end

local kept = {}
for i = 1, count do
  local card, lives_ms, content = take(), take_number(), take()
  local has_room = redis.call('HEXISTS', cards, card) == 1 or redis.call('HLEN', cards) < most
  kept[i] = ends and has_room and 1 or 0
  if kept[i] == 1 then redis.call('HSET', cards, card, packed(now + lives_ms) .. '\0' .. content) end
end
if ends then expire(cards, ends, ends) end
return kept
