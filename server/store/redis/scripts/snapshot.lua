-- The room as it stands. KEYS: room log doubles admissions orders. Answers nil if there is no such room.
local room, log, doubles, admissions, orders = unpack(KEYS)
local log_ms = take_number()
local standing = redis.call('HMGET', room, 'genesis', 'epoch', 'last', 'orders', 'closed', 'remade')
if not standing[1] then return nil end
trim(log, doubles, log_ms)
return {
  standing[1], standing[2], standing[3], oldest(log, tonumber(standing[3])), standing[4],
  redis.call('HVALS', admissions), redis.call('LRANGE', orders, 0, -1),
  standing[5] or '', standing[6] or 0,
}
