-- KEYS: lane channel held. ARGV: id, acknowledgement. Answers 0 if no such envelope waits.
local lane, channel, held = unpack(KEYS)
local id, acknowledgement = take(), take()
local waiting = redis.call('HGET', lane, id)
if not waiting then return 0 end
redis.call('HDEL', lane, id)
local from = string.sub(waiting, 9, 24)
if redis.call('HGET', held, from) == id then redis.call('HDEL', held, from) end
redis.call('SPUBLISH', channel, '\7' .. from .. acknowledgement)
return 1
