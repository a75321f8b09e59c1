-- KEYS: lane channel room. ARGV: id, acknowledgement. Answers 0 if no such envelope waits.
local lane, channel, room = unpack(KEYS)
local id, acknowledgement = take(), take()
local waiting = redis.call('HGET', lane, id)
if not waiting then return 0 end
local from = string.sub(waiting, 9, 24)
redis.call('HDEL', lane, id)
if from == string.rep('\0', 16) and room_ends(room) then redis.call('HINCRBY', room, 'of_nobody', -1) end
redis.call('SPUBLISH', channel, '\7' .. from .. acknowledgement)
return 1
