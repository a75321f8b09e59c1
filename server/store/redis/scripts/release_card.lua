-- The card id points to this room no longer. KEYS: the card. ARGV: the room.
if redis.call('GET', KEYS[1]) == take() then return redis.call('DEL', KEYS[1]) end
return 0
