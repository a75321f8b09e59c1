-- KEYS: room lane channel. ARGV: id, from || envelope, how many at most, and how many from nobody.
-- Answers 0 if full.
local room, lane, channel = unpack(KEYS)
local id, content, most, most_of_nobody = take(), take(), take_number(), take_number()
local of_nobody = string.sub(content, 1, 16) == string.rep('\0', 16)
local ends = room_ends(room)
if not ends then return 0 end
if redis.call('HEXISTS', lane, id) == 1 then return 1 end
if redis.call('HLEN', lane) >= most then return 0 end
if of_nobody then
  if tonumber(redis.call('HGET', room, 'of_nobody') or 0) >= most_of_nobody then return 0 end
  redis.call('HINCRBY', room, 'of_nobody', 1)
end
local arrival = redis.call('HINCRBY', room, 'arrivals', 1)
redis.call('HSET', lane, id, packed(arrival) .. content)
expire(lane, ends, ends)
redis.call('SPUBLISH', channel, '\6' .. id .. content)
return 1
