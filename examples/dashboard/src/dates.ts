const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
// The page is in English, so what stands in its sentences is too; dates are as the reader writes them.
const distances = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const oneDay = 86_400_000;

/** A calendar day such as `2025-09-30` as the reader writes it. */
export function formatDay(day: string): string {
  return days.format(new Date(day));
}

/** A moment as the reader writes it, in the reader's time zone. */
export function formatMoment(moment: string): string {
  return moments.format(new Date(moment));
}

/** Whole days from today until the day, below 0 where it has passed. */
export function daysUntil(day: string, now = new Date()): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.parse(day) - today) / oneDay);
}

/** How far away it is, such as "in 3 months" or "2 years ago". */
export function formatDistance(daysAway: number): string {
  const size = Math.abs(daysAway);
  if (size < 45) return distances.format(daysAway, 'day');
  if (size < 640) return distances.format(Math.round(daysAway / 30.44), 'month');
  return distances.format(Math.round(daysAway / 365.25), 'year');
}
