-- KEYS: whose memory it is. What another Redis wrote here (this one is a replica that was promoted, or has read a file)
-- may lack what was acknowledged last, a removal among it: it is dropped, once, by the first relay that comes. Answers
-- how many keys that were.
local mark = KEYS[1]
local who = redis.call('INFO', 'server'):match('run_id:(%w+)')
local line = redis.call('INFO', 'replication'):match('master_replid:(%w+)')
local incarnation = who .. ':' .. line
if redis.call('GET', mark) == incarnation then return 0 end
local dropped, cursor = 0, '0'
repeat
  local found = redis.call('SCAN', cursor, 'MATCH', 'veranda:*', 'COUNT', 1000)
  cursor = found[1]
  for _, key in ipairs(found[2]) do dropped = dropped + redis.call('DEL', key) end
until cursor == '0'
redis.call('SET', mark, incarnation)
return dropped
