-- KEYS: room lease. ARGV: holder, how long. Answers {holder, ms left}, or nil if there is no such room.
local room, lease = KEYS[1], KEYS[2]
local claimer, lives_ms = take(), take_number()
local ends = room_ends(room)
if not ends then return nil end
local holder = redis.call('GET', lease)
if not holder or holder == claimer then
  redis.call('SET', lease, claimer)
  expire(lease, now + lives_ms, ends)
  return { claimer, lives_ms }
end
return { holder, redis.call('PTTL', lease) }
