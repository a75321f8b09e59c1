-- KEYS: lane channel. ARGV: id, acknowledgement. Answers 0 if no such envelope waits.
local lane, channel = KEYS[1], KEYS[2]
local id, acknowledgement = take(), take()
local waiting = redis.call('HGET', lane, id)
if not waiting then return 0 end
redis.call('HDEL', lane, id)
redis.call('SPUBLISH', channel, '\7' .. string.sub(waiting, 9, 24) .. acknowledgement)
return 1
