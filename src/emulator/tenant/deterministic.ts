import { createHash } from 'node:crypto';

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** A GUID that is the same whenever it is made of the same words. */
export function guidOf(...words: readonly (string | number)[]): string {
  const hex = createHash('sha1').update(words.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A 52-character id as the documentation shows for rights and allotments. */
export function longIdOf(...words: readonly (string | number)[]): string {
  const bytes = createHash('sha512').update(words.join(' ')).digest();
  return Array.from(bytes.subarray(0, 52), (byte) => base32[byte % 32]).join('');
}

/** Whole numbers below a limit, from a seed (xorshift). */
export function createDice(seed: number): (limit: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** A date-time as Graph writes it: seven fraction digits and an offset. */
export function dateTimeOf(minutes: number, fraction: number): string {
  const moment = new Date(Date.UTC(2024, 0, 1) + minutes * 60_000).toISOString().slice(0, 19);
  return `${moment}.${String(fraction % 10_000_000).padStart(7, '0')}+00:00`;
}
