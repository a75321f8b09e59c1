-- Who may follow a room. KEYS: its successor. ARGV: the room that would; for how long in ms. Answers 1, or 0 if another
-- is to.
local successor = KEYS[1]
local room, claim_ms = take(), take_number()
local holder = redis.call('GET', successor)
if holder then return holder == room and 1 or 0 end
redis.call('SET', successor, room, 'PX', plain(claim_ms))
return 1
