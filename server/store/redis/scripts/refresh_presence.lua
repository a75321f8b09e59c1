-- Those named are here for longer; whose time is over is away. KEYS: room presence channel knocks deadlines. ARGV: how
-- long, and the members. Answers with everyone who is here. Knocks that nobody keeps alive end here as well, since
-- every
-- relay comes by regularly.
local room, presence, channel, knocks, deadlines = unpack(KEYS)
local presence_ms = take_number()
local ends = room_ends(room)
if not ends then return {} end
end_overdue(knocks, deadlines, channel)
for _ = 2, #ARGV do
  local member = take()
  local score = redis.call('ZSCORE', presence, member)
  redis.call('ZADD', presence, plain(now + presence_ms), member)
  if not score then redis.call('SPUBLISH', channel, '\5' .. member .. '\1') end
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', presence, '-inf', plain(now))) do
  redis.call('ZREM', presence, member)
  redis.call('SPUBLISH', channel, '\5' .. member .. '\2')
end
if #ARGV > 1 then expire(presence, now + 2 * presence_ms, ends) end -- so that the next refresh can tell who is away
return redis.call('ZRANGE', presence, 0, -1)
