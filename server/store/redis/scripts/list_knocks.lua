-- Who waits: knock, arrival || envelope, and so on. KEYS: knocks deadlines channel.
end_overdue(KEYS[1], KEYS[2], KEYS[3])
return redis.call('HGETALL', KEYS[1])
