-- Makes a room whose log begins with its genesis. KEYS: room log admissions. Answers 1, or 0 if the room exists.
local room, log, admissions = KEYS[1], KEYS[2], KEYS[3]
if redis.call('EXISTS', room) == 1 then return 0 end

local genesis, rest, opener_id, opener = take(), take(), take(), take()
local ends, log_ms = now + take_number(), take_number()
redis.call('HSET', room, 'genesis', genesis, 'epoch', 0, 'last', 1, 'orders', 0, 'arrivals', 0, 'ends', plain(ends))
redis.call('RPUSH', log, packed(now) .. string.rep('\0', 48) .. packed(1) .. rest)
redis.call('HSET', admissions, opener_id, opener)
expire(room, ends, ends)
expire(log, now + log_ms, ends)
expire(admissions, ends, ends)
return 1
