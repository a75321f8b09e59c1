-- KEYS: lease. ARGV: holder, how long. Answers {holder, ms left}.
local lease = KEYS[1]
local claimer, lives_ms = take(), take_number()
local holder = redis.call('GET', lease)
if not holder or holder == claimer then
  redis.call('SET', lease, claimer, 'PX', plain(lives_ms))
  return { claimer, lives_ms }
end
return { holder, redis.call('PTTL', lease) }
