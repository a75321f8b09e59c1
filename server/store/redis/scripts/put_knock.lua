-- KEYS: room knocks deadlines mail channel talks. Answers {'waiting'}, {'answered', type, body} or {'full'}.
local room, knocks, deadlines, mail, channel, talks = unpack(KEYS)
local knock, envelope, knock_ms, most, talk_ms = take(), take(), take_number(), take_number(), take_number()

local answer = answer_in(mail)
if answer then return { 'answered', answer[1], answer[2] } end
local ends = room_ends(room)
if not ends then return { 'full' } end
end_overdue(knocks, deadlines, channel)
local is_new = redis.call('HEXISTS', knocks, knock) == 0
if is_new and redis.call('HLEN', knocks) >= most then return { 'full' } end
redis.call('ZADD', deadlines, plain(now + knock_ms), knock)
if is_new then
  local arrival = redis.call('HINCRBY', room, 'arrivals', 1)
  redis.call('HSET', knocks, knock, packed(arrival) .. envelope)
  redis.call('SPUBLISH', channel, '\2' .. knock .. envelope)
end
expire(talks, now + talk_ms, ends) -- what was said goes on waiting with it
expire(knocks, ends, ends)
expire(deadlines, ends, ends)
return { 'waiting' }
