-- A room whose successor is open. KEYS: successor room cards knocks deadlines channel, then what else the room has.
-- ARGV: the room that follows; for how long what is left of the old one is kept, in ms; how the keys of what was said
-- with knocks begin; for how long it is remembered that it was replaced, in ms.
local successor, room, cards, knocks, deadlines, channel = unpack(KEYS, 1, 6)
local follows, log_ms, talks, known_ms = take(), take_number(), take(), take_number()
redis.call('SET', successor, follows, 'PX', plain(known_ms))

local ends = room_ends(room)
if not ends or redis.call('HGET', room, 'remade') then return 1 end
ends = math.min(ends, now + log_ms)
redis.call('HSET', room, 'remade', 1, 'ended', 1, 'ends', plain(ends))
for _, knock in ipairs(redis.call('HKEYS', knocks)) do -- what was said goes with its knock
  redis.call('DEL', talks .. string.gsub(knock, '.', function(byte) return string.format('%02x', byte:byte()) end))
end
redis.call('DEL', cards, knocks, deadlines)
expire(room, ends, ends)
for i = 7, #KEYS do redis.call('PEXPIREAT', KEYS[i], plain(ends), 'LT') end
redis.call('SPUBLISH', channel, '\9')
return 1
