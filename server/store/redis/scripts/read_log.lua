-- Entries after a sequence, at most so many, in order. KEYS: room log doubles.
local room, log, doubles = unpack(KEYS)
local after, count, log_ms = take_number(), take_number(), take_number()
trim(log, doubles, log_ms)
local last = tonumber(redis.call('HGET', room, 'last') or nil)
if not last or count == 0 then return {} end
local from = math.max(after + 1 - oldest(log, last), 0)
local entries = redis.call('LRANGE', log, plain(from), plain(from + count - 1))
for i, item in ipairs(entries) do entries[i] = string.sub(item, 57) end
return entries
