-- One moving window for each writer in a room, and what each said in it.
-- KEYS: for each attempt the list of its writer's times, and the key of what is said.
-- ARGV: the window in ms, then for each attempt its limit, whether repeats are refused, a nonce.
-- Answers for each attempt 0 (and counts it), ms to wait, or minus ms to wait for a repeat.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window = tonumber(ARGV[1])
local answers, written = {}, {}

-- Remembers what is said; 0, or minus the ms for which it must not be said again.
local function repeated(said, nonce)
  if redis.call('SET', said, nonce, 'PX', window, 'NX') then
    return 0
  end
  if nonce ~= '' and redis.call('GET', said) == nonce then
    return 0
  end
  return -math.max(1, redis.call('PTTL', said))
end

for i = 1, #KEYS / 2 do
  local times, said = KEYS[2 * i - 1], KEYS[2 * i]
  local limit, once, nonce = tonumber(ARGV[3 * i - 1]), ARGV[3 * i] == '1', ARGV[3 * i + 1]
  local answer = 0
  local edge = redis.call('LINDEX', times, limit - 1)
  if edge and now - edge < window then
    answer = window - (now - edge)
  elseif once then
    answer = repeated(said, nonce)
  end
  if answer == 0 then
    if redis.call('LPUSH', times, now) > limit then
      redis.call('LTRIM', times, 0, limit - 1)
    end
    written[times] = true
  end
  answers[i] = answer
end
for times in pairs(written) do
  redis.call('PEXPIRE', times, window)
end
return answers
