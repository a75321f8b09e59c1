-- KEYS: room lane channel. ARGV: id, from || envelope, how many at most. Answers 0 if full.
local room, lane, channel = unpack(KEYS)
local id, content, most = take(), take(), take_number()
local ends = room_ends(room)
if not ends then return 0 end
if redis.call('HEXISTS', lane, id) == 1 then return 1 end
if redis.call('HLEN', lane) >= most then return 0 end
local arrival = redis.call('HINCRBY', room, 'arrivals', 1)
redis.call('HSET', lane, id, packed(arrival) .. content)
expire(lane, ends, ends)
redis.call('SPUBLISH', channel, '\6' .. id .. content)
return 1
