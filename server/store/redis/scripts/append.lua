-- One entry and everything that goes with it, or nothing. KEYS: room log doubles admissions orders knocks deadlines
-- cards lane held presence channel, both leases, the key of the mail's tail, then one mailbox for each answer, then
-- what was said before each.
-- Answers {'stored', sequence}, {'doubled', sequence}, {'stale', epoch, orders}, {'no_room'} or {'ended'}.
local room, log, doubles, admissions, orders, knocks, deadlines, cards, lane, held, presence, channel, admitting,
  remaking, tail_key = unpack(KEYS, 1, 15)
local mailboxes_from = 15

local double, if_epoch, if_orders = take(), take(), take()
local advances_epoch, is_order, closes_epoch, ends_room = take() == '1', take() == '1', take() == '1', take() == '1'
local rest, log_ms, mail_ms = take(), take_number(), take_number()

local standing = redis.call('HMGET', room, 'ends', 'epoch', 'orders', 'ended')
local ends, epoch, order_count, ended = tonumber(standing[1] or nil), standing[2], standing[3], standing[4]
if not ends then return { 'no_room' } end
trim(log, doubles, log_ms)
local doubled = redis.call('HGET', doubles, double)
if doubled then return { 'doubled', doubled } end
if ended then return { 'ended' } end
-- Compared as text, so that a number beyond 2^53 is not rounded into a match.
if (if_epoch ~= '' and if_epoch ~= epoch) or (if_orders ~= '' and if_orders ~= order_count) then
  return { 'stale', epoch, order_count }
end

local sequence = redis.call('HINCRBY', room, 'last', 1)
local entry = packed(sequence) .. rest
redis.call('RPUSH', log, packed(now) .. double .. entry)
redis.call('HSET', doubles, double, sequence)
if closes_epoch then redis.call('HSET', room, 'closed', epoch) end
if advances_epoch then redis.call('HINCRBY', room, 'epoch', 1) end
if is_order then
  redis.call('HINCRBY', room, 'orders', 1)
  redis.call('RPUSH', orders, entry)
end
redis.call('SPUBLISH', channel, '\1' .. entry)

for _ = 1, take_number() do -- members: '+' and the admission, or '-'
  local member, change = take(), take()
  if change == '-' then
    redis.call('HDEL', admissions, member)
  else
    redis.call('HSET', admissions, member, string.sub(change, 2))
  end
end

local mails = take_number()
local mail_type, tail = take(), take()
if mails > 0 then redis.call('SET', tail_key, tail) end
for i = 1, mails do
  local knock, front, mail = take(), take(), KEYS[mailboxes_from + i]
  redis.call('DEL', mail)
  redis.call('HSET', mail, 'type', mail_type, 'body', packed(sequence) .. front, 'tail', tail_key)
  redis.call('ZREM', deadlines, knock)
  if redis.call('HDEL', knocks, knock) == 1 then redis.call('SPUBLISH', channel, '\3' .. knock .. '\2') end -- admitted
end

for _ = 1, take_number() do -- spent cards: deadline (8) || spent (1) || knock key (32)
  local card = take()
  local posted = redis.call('HGET', cards, card)
  if posted then
    redis.call('HSET', cards, card, packed(now + mail_ms) .. '\1' .. string.sub(posted, 10, 41))
  end
end

if ends_room then
  ends = math.min(ends, now + log_ms)
  redis.call('HSET', room, 'ended', 1, 'ends', plain(ends))
  expire(room, ends, ends)
  for _, key in ipairs({ knocks, deadlines, cards, lane, held, presence, admitting, remaking }) do
    redis.call('PEXPIREAT', key, plain(ends), 'LT')
  end
end
expire(log, now + log_ms, ends)
expire(doubles, now + log_ms, ends)
expire(admissions, ends, ends)
expire(orders, ends, ends)
if mails > 0 then expire(tail_key, now + mail_ms, ends) end
for i = 1, mails do
  expire(KEYS[mailboxes_from + i], now + mail_ms, ends)
  expire(KEYS[mailboxes_from + mails + i], now + mail_ms, ends)
end
return { 'stored', sequence }
