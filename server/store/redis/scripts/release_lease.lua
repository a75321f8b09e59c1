-- KEYS: lease. ARGV: holder.
if redis.call('GET', KEYS[1]) == take() then return redis.call('DEL', KEYS[1]) end
return 0
