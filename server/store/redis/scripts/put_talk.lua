-- Keeps a talk beside its knock, for as long as that waits. KEYS: room knocks deadlines talks channel. ARGV: knock,
-- from staff || sealed, how many at most, and for how long unless the knock is put again. Answers 1 (kept, or there
-- already), 0 (no such knock waits) or 2 (full).
local room, knocks, deadlines, talks, channel = unpack(KEYS)
local knock, talk, most, talk_ms = take(), take(), take_number(), take_number()
end_overdue(knocks, deadlines, channel)
local ends, deadline = room_ends(room), redis.call('ZSCORE', deadlines, knock)
if not ends or not deadline then return 0 end
local said = redis.call('LRANGE', talks, 0, -1)
for _, one in ipairs(said) do
  if one == talk then return 1 end
end
if #said >= most then return 2 end
redis.call('RPUSH', talks, talk)
expire(talks, math.min(tonumber(deadline), now + talk_ms), ends)
redis.call('SPUBLISH', channel, '\8' .. knock .. talk)
return 1
