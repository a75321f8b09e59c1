-- KEYS: room presence channel. ARGV: member, whereabouts (one byte: 1 here, 2 away), how long she counts as here.
local room, presence, channel = unpack(KEYS)
local member, whereabouts, presence_ms = take(), take(), take_number()
local ends = room_ends(room)
if not ends then return 0 end
local score = redis.call('ZSCORE', presence, member)
local was_here = score and tonumber(score) > now
if whereabouts == '\1' then
  redis.call('ZADD', presence, plain(now + presence_ms), member)
  local longest = redis.call('ZRANGE', presence, -1, -1, 'WITHSCORES')
  expire(presence, tonumber(longest[2]) + presence_ms, ends) -- longer, so that the next refresh can tell who is away
else
  redis.call('ZREM', presence, member)
end
if (was_here or false) ~= (whereabouts == '\1') then redis.call('SPUBLISH', channel, '\5' .. member .. whereabouts) end
return 1
