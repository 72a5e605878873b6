import { randomUUID } from 'node:crypto';
import { paceScript, reserveScript } from './counterScripts.js';
import { unavailable, type RedisConnection } from './RedisConnection.js';
import type { PaceQuestion, Place, SharedCounters } from './SharedCounters.js';

/** Who asks for a place in a line waits anyway; to count alone by mistake costs more. */
const patienceMs = 200;

/** Counters in Redis or Valkey. They hold numbers alone, under hashed names. */
export class RedisCounters implements SharedCounters {
  constructor(
    private readonly connection: Pick<RedisConnection, 'ask'>,
    private readonly hashName: (name: string) => string,
  ) {}

  async pace(name: string, question: PaceQuestion): Promise<Place | undefined> {
    const { units, burstMs, longestLineMs, rate, seen, served, holdMs } = question;
    const answer = await this.run(paceScript, `pace ${name}`, [
      units,
      burstMs,
      longestLineMs,
      rate?.version ?? -1,
      rate?.unitsPerSecond ?? 0,
      rate?.ceiling ?? 0,
      seen.served,
      seen.throttled,
      seen.percentage,
      served,
      holdMs,
      rate?.regardless ?? 0,
      rate?.fallFrom ?? 0,
      rate?.fallShare ?? 0,
    ]);
    return Array.isArray(answer) ? readPlace(answer.map(Number)) : undefined;
  }

  async reserve(name: string, question: Parameters<SharedCounters['reserve']>[1]): Promise<number | undefined> {
    const { count, limit, windowMs, patienceMs } = question;
    const values = [count, limit, windowMs, patienceMs, randomUUID()];
    const answer = await this.run(reserveScript, `reserve ${name}`, values);
    const wait = Number(answer);
    return typeof answer === 'string' && Number.isFinite(wait) ? wait : undefined;
  }

  private async run(script: string, name: string, values: readonly (number | string)[]): Promise<unknown> {
    const key = this.hashName(name);
    const answer = await this.connection.ask((redis) => redis.eval(script, 1, key, ...values), patienceMs);
    return answer === unavailable ? undefined : answer;
  }
}

function readPlace(numbers: readonly number[]): Place | undefined {
  if (!numbers.every(Number.isFinite)) return undefined;
  const [waitMs = 0, version = -1, unitsPerSecond = 0, ceiling = 0, ...others] = numbers;
  const [served = 0, throttled = 0, percentage = 0, servedPerSecond = 0, ...rest] = others;
  const [regardless = 0, fallFrom = 0, fallShare = 0] = rest;
  const rate = {
    version,
    unitsPerSecond,
    ceiling: ceiling === 0 ? undefined : ceiling,
    regardless,
    fallFrom,
    fallShare,
  };
  return {
    waitMs,
    rate: version < 0 ? undefined : rate,
    seen: { served, throttled, percentage },
    servedPerSecond,
  };
}
