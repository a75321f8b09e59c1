-- Stands before every script. Time is Redis's own, so that relays with different clocks agree; numbers inside values
-- are
-- eight bytes, big-endian, and stay below 2^53, where Lua still counts exactly.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local taken = 0
local function take() -- the next argument
  taken = taken + 1
  return ARGV[taken]
end
local function take_number() return tonumber(take()) end

local function packed(number) return struct.pack('>I8', number) end
local function unpacked(bytes, from) return (struct.unpack('>I8', bytes, from)) end
local function plain(number) return string.format('%.0f', number) end -- never 1e+15

-- When everything of the room is gone; nil: there is no such room.
local function room_ends(room) return tonumber(redis.call('HGET', room, 'ends') or nil) end

-- Nothing outlives its room.
local function expire(key, at, ends) redis.call('PEXPIREAT', key, plain(math.min(at, ends))) end

-- An item of the log is time (8) || access key (32) || submission (16) || entry. What is too old goes, and the double
-- that it answered for goes with it.
local function trim(log, doubles, log_ms)
  while true do
    local first = redis.call('LINDEX', log, 0)
    if not first or unpacked(first) + log_ms > now then return end
    redis.call('LPOP', log)
    redis.call('HDEL', doubles, string.sub(first, 9, 56))
  end
end

local function oldest(log, last)
  local first = redis.call('LINDEX', log, 0)
  return first and unpacked(first, 57) or last + 1
end

-- Knocks that nobody kept alive end as withdrawn (1).
local function end_overdue(knocks, deadlines, channel)
  for _, knock in ipairs(redis.call('ZRANGEBYSCORE', deadlines, '-inf', plain(now))) do
    redis.call('ZREM', deadlines, knock)
    redis.call('HDEL', knocks, knock)
    redis.call('SPUBLISH', channel, '\3' .. knock .. '\1')
  end
end

-- The answer that lies in a mailbox: {type, body} or nil. An answer that shares its end with others names the key of
-- that end, which has the room's hash tag like everything here.
local function answer_in(mail)
  local kept = redis.call('HMGET', mail, 'type', 'body', 'tail')
  if not kept[1] then return nil end
  if not kept[3] then return { kept[1], kept[2] } end
  local tail = redis.call('GET', kept[3])
  return tail and { kept[1], kept[2] .. tail }
end
