/**
 * Programs that Redis or Valkey runs, each as one atomic step. All of them go by the clock of Redis: replicas have it in common.
 * It is a date, and may be set back, or another server with a clock of its own takes over. So the time of the last question is
 * kept, and what was ahead of that is as far ahead of now.
 */
const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/**
 * One hash: the line, the rate and what was seen at that rate, and units served by the quarter of a second. ARGV: units,
 * burst in ms, longest line in ms, version (-1: none), units a second and ceiling of the rate, what was seen (served,
 * throttled, percentage), units served, hold in ms, and the rest of the rate, which is kept for others (regardless, where and
 * how it falls). Gives wait, version, units a second, ceiling, seen (three), served a second, the rest of the rate (three).
 */
export const paceScript = `${now}
local units, burst, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known, oldest = {}, math.floor((now - 10000) / 250) + 1
local fields = redis.call('HGETALL', KEYS[1])
local buckets = {}
for index = 1, #fields, 2 do
  local bucket = string.match(fields[index], '^at(%d+)$')
  if bucket == nil then known[fields[index]] = tonumber(fields[index + 1])
  elseif tonumber(bucket) < oldest or tonumber(bucket) > now / 250 then redis.call('HDEL', KEYS[1], fields[index])
  else buckets[tonumber(bucket)] = tonumber(fields[index + 1]) end
end
local back = math.max(0, (known.asked or now) - now)
local line, version = (known.line or 0) - back, known.version or -1
local rate, ceiling, since = known.rate or 0, known.ceiling or 0, (known.since or 0) - back
local seen = { known.served or 0, known.throttled or 0, known.percentage or 0 }
local regardless, fallfrom, fallshare = known.regardless or 0, known.fallfrom or 0, known.fallshare or 0
if tonumber(ARGV[4]) > version then
  local hold = tonumber(ARGV[11])
  if version < 0 or (hold > 0 and tonumber(ARGV[6]) == 0) then since = now + hold end
  version, rate, ceiling = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
  regardless, fallfrom, fallshare = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
  line = math.max(line, now + hold + burst)
  seen = { 0, 0, 0 }
end
if tonumber(ARGV[4]) == version then
  seen[1] = seen[1] + tonumber(ARGV[7])
  seen[2] = seen[2] + tonumber(ARGV[8])
  seen[3] = math.max(seen[3], tonumber(ARGV[9]))
end
local served = tonumber(ARGV[10])
if served > 0 then
  local bucket = math.floor(now / 250)
  buckets[bucket] = (buckets[bucket] or 0) + served
  redis.call('HSET', KEYS[1], 'at' .. string.format('%d', bucket), buckets[bucket])
end
local function average(first)
  local milliseconds = now - first * 250
  if milliseconds < 1000 then return 0 end
  local sum = 0
  for bucket, count in pairs(buckets) do if bucket >= first then sum = sum + count end end
  return sum / milliseconds * 1000
end
local perSecond = math.max(average(oldest), average(math.max(oldest, math.floor(since / 250) + 1)))
local wait = 0
if version >= 0 then
  local next = math.max(line, now) + units / rate * 1000
  wait = math.max(0, next - burst - now)
  if wait <= longest then line = next end
end
redis.call('HSET', KEYS[1], 'asked', string.format('%d', now), 'line', string.format('%.3f', line), 'version', version, 'rate', rate, 'ceiling', ceiling,
  'since', string.format('%d', since), 'served', seen[1], 'throttled', seen[2], 'percentage', seen[3],
  'regardless', regardless, 'fallfrom', fallfrom, 'fallshare', fallshare)
redis.call('PEXPIRE', KEYS[1], 86400000)
local answer = { wait, version, rate, ceiling, seen[1], seen[2], seen[3], perSecond, regardless, fallfrom, fallshare }
for index = 1, #answer do answer[index] = tostring(answer[index]) end
return answer
`;

/**
 * One sorted set: how many at what time, and the time of the last question. ARGV: count, limit, window in ms, patience in ms, a
 * name that is unique. Gives the wait in ms.
 */
export const reserveScript = `${now}
local count, limit, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local back = tonumber(redis.call('ZSCORE', KEYS[1], 'asked') or now) - now
if back > 0 then
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do redis.call('ZINCRBY', KEYS[1], -back, member) end
end
redis.call('ZADD', KEYS[1], now, 'asked')
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local entries = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local at, used = math.max(now, tonumber(entries[#entries])), count
for index = #entries - 1, 1, -2 do
  local others = tonumber(string.match(entries[index], ' (%d+)$') or 0)
  used = used + others
  if others > 0 and used > limit then
    at = math.max(at, tonumber(entries[index + 1]) + window)
    break
  end
end
local wait = at - now
if wait > 0 and wait >= tonumber(ARGV[4]) then return tostring(wait) end
redis.call('ZADD', KEYS[1], at, ARGV[5] .. ' ' .. string.format('%d', count))
redis.call('PEXPIRE', KEYS[1], math.ceil(window + wait))
return tostring(wait)
`;
