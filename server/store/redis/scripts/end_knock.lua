-- Ends a knock that waits. KEYS: room knocks deadlines mail channel talks. ARGV: knock, how it ends (one byte), how
-- long an answer is kept, and the answer's type and body, if there is one. Answers 0 if the knock did not wait.
local room, knocks, deadlines, mail, channel, talks = unpack(KEYS)
local knock, how, mail_ms, answer_type, body = take(), take(), take_number(), take(), take()

end_overdue(knocks, deadlines, channel)
if redis.call('HDEL', knocks, knock) == 0 then return 0 end
redis.call('ZREM', deadlines, knock)
local ends = room_ends(room)
if answer_type and ends then
  redis.call('HSET', mail, 'type', answer_type, 'body', body)
  expire(mail, now + mail_ms, ends)
  expire(talks, now + mail_ms, ends)
else
  redis.call('DEL', talks)
end
redis.call('SPUBLISH', channel, '\3' .. knock .. how)
return 1
