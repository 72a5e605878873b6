/**
 * How long to wait by a `Retry-After` header, in milliseconds; undefined where it says nothing sensible (a past date, a
 * negative number, other text). Both forms of RFC 9110 section 10.2.3 are read.
 *
 * @param now in milliseconds since 1970: one of the forms is a date
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  if (!/[a-z]/i.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) || date <= now ? undefined : date - now;
}
