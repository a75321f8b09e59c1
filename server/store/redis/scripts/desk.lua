-- The support desk: one script with several steps, since all of them first end what is overdue.
-- KEYS: duty on_duty requests deadlines left claims claimed channel awaited answers kept. ARGV: the step, then its own.
-- A request is since (8) || left (1) || envelope.
local duty, on_duty, requests, deadlines, left, claims, claimed, channel, awaited, answers, kept = unpack(KEYS)
local nobody = string.rep('\0', 32)
local waiting, taken_up, gone = '\1', '\2', '\3'
local told_within_ms = 60000
local step = take()

local function tell(request, standing, holder)
  redis.call('SPUBLISH', channel, '\4' .. request .. standing .. holder)
end

-- Another request may have been left under the same answer's id, and waits for it still.
local function await_no_more(answer)
  redis.call('HDEL', awaited, answer)
  local all = redis.call('HGETALL', left)
  for i = 1, #all, 2 do
    if all[i + 1] == answer then redis.call('HSET', awaited, answer, all[i]) end
  end
end

local function forget(request)
  redis.call('HDEL', requests, request)
  redis.call('ZREM', deadlines, request)
  local answer = redis.call('HGET', left, request)
  redis.call('HDEL', left, request)
  if answer and redis.call('HGET', awaited, answer) == request then await_no_more(answer) end
  redis.call('HDEL', claims, request)
  redis.call('ZREM', claimed, request)
end

local function forget_duty(turn)
  redis.call('ZREM', on_duty, turn)
  redis.call('HDEL', duty, turn)
end

local function overdue(key) return redis.call('ZRANGEBYSCORE', key, '-inf', plain(now)) end

-- A claim that ran out leaves its request waiting, if its asker still does.
local function end_overdue_desk()
  for _, turn in ipairs(overdue(on_duty)) do forget_duty(turn) end
  for _, request in ipairs(overdue(claimed)) do
    redis.call('ZREM', claimed, request)
    redis.call('HDEL', claims, request)
    local until_ms = redis.call('ZSCORE', deadlines, request)
    if until_ms and tonumber(until_ms) > now then tell(request, waiting, nobody) end
  end
  for _, request in ipairs(overdue(deadlines)) do
    if redis.call('HEXISTS', claims, request) == 0 then
      forget(request)
      tell(request, gone, nobody)
    end
  end
  for _, answer in ipairs(overdue(kept)) do
    redis.call('ZREM', kept, answer)
    redis.call('HDEL', answers, answer)
  end
end

local steps = {}

function steps.put_duty() -- turn, statement, how long
  local turn, statement, lives_ms = take(), take(), take_number()
  redis.call('HSET', duty, turn, statement)
  redis.call('ZADD', on_duty, plain(now + lives_ms), turn)
  return 1
end

function steps.drop_duty() -- turn
  forget_duty(take())
  return 1
end

function steps.list_duty() return redis.call('HGETALL', duty) end

-- request, left, its answer's id, envelope, how long, how long if left, how many at most. Answers {kept, holder}.
function steps.put_request()
  local request, is_left, answer, envelope = take(), take(), take(), take()
  local lives_ms, left_ms, most = take_number(), take_number(), take_number()
  local is_new = redis.call('HEXISTS', requests, request) == 0
  local were_left = redis.call('HLEN', left)
  local others = is_left == '\1' and were_left or redis.call('HLEN', requests) - were_left
  if is_new and others >= most then return { 0, nobody } end
  if is_new then
    redis.call('HSET', requests, request, packed(now) .. is_left .. envelope)
    if is_left == '\1' then
      redis.call('HSET', left, request, answer)
      redis.call('HSET', awaited, answer, request)
    end
    redis.call('SPUBLISH', channel, '\3' .. request .. packed(now) .. is_left .. nobody .. envelope)
  end
  -- What it was when it came decides: the same bytes again, called left, keep nothing for longer.
  if is_new or redis.call('HEXISTS', left, request) == 0 then
    local lives = is_new and is_left == '\1' and left_ms or lives_ms
    redis.call('ZADD', deadlines, plain(now + lives), request)
  end
  return { 1, redis.call('HGET', claims, request) or nobody }
end

function steps.list_requests() -- answers request, holder, since || left || envelope, and so on
  local listed = {}
  local all = redis.call('HGETALL', requests)
  for i = 1, #all, 2 do
    listed[#listed + 1] = all[i]
    listed[#listed + 1] = redis.call('HGET', claims, all[i]) or nobody
    listed[#listed + 1] = all[i + 1]
  end
  return listed
end

function steps.claim() -- request, holder, how long. Answers with whoever has it then, or nobody: no such request
  local request, holder, lives_ms = take(), take(), take_number()
  if redis.call('HEXISTS', requests, request) == 0 then return nobody end
  local present = redis.call('HGET', claims, request)
  if present and present ~= holder then return present end
  redis.call('HSET', claims, request, holder)
  redis.call('ZADD', claimed, plain(now + lives_ms), request)
  if not present then tell(request, taken_up, holder) end
  return holder
end

steps['end'] = function() -- request, holder or nobody for its asker. Answers as Store::end_request
  local request, holder = take(), take()
  if redis.call('HEXISTS', requests, request) == 0 then return nil end
  local present = redis.call('HGET', claims, request) or nobody
  if holder ~= nobody and present ~= holder then return present end
  forget(request)
  tell(request, gone, nobody)
  return holder
end

-- request, its answer's id, holder, the answer, how long, how many at most. As Store::put_desk_answer says, by number.
function steps.put_answer()
  local request, answer, holder, sealed = take(), take(), take(), take()
  local lives_ms, most = take_number(), take_number()
  local present = redis.call('HGET', answers, answer)
  if present == sealed then return 0 end
  local has = redis.call('HGET', claims, request)
  if redis.call('HGET', left, request) ~= answer or not has then return 1 end
  if has ~= holder then return 2 end
  if not present and redis.call('HLEN', answers) >= most then return 3 end
  redis.call('HSET', answers, answer, sealed)
  redis.call('ZADD', kept, plain(now + lives_ms), answer)
  forget(request)
  tell(request, gone, nobody)
  return 0
end

function steps.find_answer() -- its id. Answers {the answer or nil, whether a request waits for it}
  local answer = take()
  return { redis.call('HGET', answers, answer), redis.call('HEXISTS', awaited, answer) }
end

local function missing_of(key, live, lives_ms, keep)
  local missing = {}
  for _ = 1, take_number() do
    local each = take()
    if redis.call('HEXISTS', key, each) == 0 then
      missing[#missing + 1] = each
    elseif not keep or redis.call('HEXISTS', keep, each) == 0 then
      redis.call('ZADD', live, plain(now + lives_ms), each)
    end
  end
  return missing
end

-- how long duty, how long requests; how many turns, each; how many requests, each. Answers {turns, requests} missing.
function steps.refresh()
  local duty_ms, request_ms = take_number(), take_number()
  local turns = missing_of(duty, on_duty, duty_ms)
  local asked = missing_of(requests, deadlines, request_ms, left)
  end_overdue_desk()
  return { turns, asked }
end

local function latest(live)
  local last = redis.call('ZRANGE', live, -1, -1, 'WITHSCORES')
  return last[2] and tonumber(last[2]) or now
end

if step ~= 'refresh' then end_overdue_desk() end
local answer = steps[step]()
local duty_ends = latest(on_duty)
-- Some time longer than the last deadline: whoever comes by next finds it overdue, and tells.
local requests_end = math.max(latest(deadlines), latest(claimed)) + told_within_ms
for i = 1, 2 do redis.call('PEXPIREAT', KEYS[i], plain(duty_ends)) end
for i = 3, 7 do redis.call('PEXPIREAT', KEYS[i], plain(requests_end)) end
redis.call('PEXPIREAT', awaited, plain(requests_end))
local answers_end = latest(kept)
for i = 10, 11 do redis.call('PEXPIREAT', KEYS[i], plain(answers_end)) end
return answer
