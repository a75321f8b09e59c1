-- KEYS: room lane held channel. ARGV: id, from (16) || envelope, how many at most.
-- Takes the place of what waits of that member. Answers 0 if full.
local room, lane, held, channel = unpack(KEYS)
local id, content, most = take(), take(), take_number()
local from = string.sub(content, 1, 16)
local ends = room_ends(room)
if not ends then return 0 end
if redis.call('HEXISTS', lane, id) == 1 then return 1 end
local before = redis.call('HGET', held, from)
if before then redis.call('HDEL', lane, before) end
if redis.call('HLEN', lane) >= most then return 0 end
local arrival = redis.call('HINCRBY', room, 'arrivals', 1)
redis.call('HSET', lane, id, packed(arrival) .. content)
redis.call('HSET', held, from, id)
expire(lane, ends, ends)
expire(held, ends, ends)
redis.call('SPUBLISH', channel, '\6' .. id .. content)
return 1
