import { unavailable, type RedisConnection } from './RedisConnection.js';
import type { Place, SharedCounters } from './SharedCounters.js';

/** The clock of Redis is the one that all replicas have in common. */
const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** ARGV: units, burst in ms, longest line in ms, rate in units a second, its version. Gives wait, rate and version. */
const paceScript = `${now}
local known = redis.call('HMGET', KEYS[1], 'line', 'rate', 'version')
local line, rate, version = tonumber(known[1]) or 0, tonumber(known[2]), tonumber(known[3]) or -1
if tonumber(ARGV[5]) > version then rate, version = tonumber(ARGV[4]), tonumber(ARGV[5]) end
if rate == nil then return { '0', '', '' } end
local next = math.max(line, now) + tonumber(ARGV[1]) / rate * 1000
local wait = math.max(0, next - tonumber(ARGV[2]) - now)
if wait <= tonumber(ARGV[3]) then line = next end
redis.call('HSET', KEYS[1], 'line', tostring(line), 'rate', tostring(rate), 'version', tostring(version))
redis.call('PEXPIRE', KEYS[1], 86400000)
return { tostring(wait), tostring(rate), tostring(version) }
`;

/** ARGV: count, limit, window in ms, patience in ms. Gives the wait. Members are unique and end with their count. */
const reserveScript = `${now}
local count, limit, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local entries = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local at, used = now, count
if #entries > 0 then at = math.max(at, tonumber(entries[#entries])) end
for index = #entries - 1, 1, -2 do
  used = used + tonumber(string.match(entries[index], ':(%d+)$'))
  if used > limit then
    at = math.max(at, tonumber(entries[index + 1]) + window)
    break
  end
end
local wait = at - now
if wait > 0 and wait >= tonumber(ARGV[4]) then return tostring(wait) end
local sequence = redis.call('HINCRBY', KEYS[2], 'sequence', 1)
redis.call('ZADD', KEYS[1], at, string.format('%015d:%d', sequence, count))
redis.call('PEXPIRE', KEYS[1], window + wait)
redis.call('PEXPIRE', KEYS[2], window + wait)
return tostring(wait)
`;

/** Counters in Redis or Valkey. They hold numbers alone, under hashed names. */
export class RedisCounters implements SharedCounters {
  constructor(
    private readonly connection: RedisConnection,
    private readonly hashName: (name: string) => string,
  ) {}

  async pace(name: string, request: Parameters<SharedCounters['pace']>[1]): Promise<Place | undefined> {
    const { units, burstMs, longestLineMs, rate } = request;
    const answer = await this.run(
      paceScript,
      [`pace ${name}`],
      [units, burstMs, longestLineMs, rate?.unitsPerSecond ?? 0, rate?.version ?? -1],
    );
    if (!Array.isArray(answer)) return undefined;
    const [waitMs, unitsPerSecond, version] = answer.map(Number) as [number, number, number];
    if (!Number.isFinite(waitMs)) return undefined;
    return { waitMs, rate: unitsPerSecond > 0 ? { unitsPerSecond, version } : undefined };
  }

  async reserve(name: string, request: Parameters<SharedCounters['reserve']>[1]): Promise<number | undefined> {
    const { count, limit, windowMs, patienceMs } = request;
    const keys = [`reserve ${name}`, `reserve ${name} sequence`];
    const answer = await this.run(reserveScript, keys, [count, limit, windowMs, Math.ceil(patienceMs)]);
    const wait = Number(answer);
    return typeof answer === 'string' && Number.isFinite(wait) ? wait : undefined;
  }

  private async run(script: string, names: readonly string[], values: readonly number[]): Promise<unknown> {
    const keys = names.map((name) => this.hashName(name));
    const answer = await this.connection.ask((redis) => redis.eval(script, keys.length, ...keys, ...values));
    return answer === unavailable ? undefined : answer;
  }
}
