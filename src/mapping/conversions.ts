/**
 * Values of Graph's JSON in the form that the scalars of the schema promise. A value in any other form throws, and becomes
 * an error of its own field: never another value.
 */
import { lowerGuid } from './lowerGuid.js';
import type { Conversion } from './mappingTypes.js';

/** RFC 3339 section 5.6; unlike ISO 8601 and `Date` it has no hour 24. Graph may leave the seconds out. */
const offsetDateTime = /^(\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2})(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** The same as the schema promises it: in UTC, with seconds and capital letters. */
const utcDateTime = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

const daysOfMonths: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Whether year, month and day of a text in RFC 3339 form are a day of the calendar: `Date` moves 30 February on. */
export function isCalendarDay(text: string): boolean {
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (month === 2 && day === 29) return isLeapYear(Number(text.slice(0, 4)));
  return day >= 1 && day <= (daysOfMonths[month - 1] ?? 0);
}

/**
 * An Edm.DateTimeOffset as RFC 3339 in UTC. All fraction digits are kept: `Date` knows only three, so the fraction is
 * carried past it. Throws for anything else, also for a moment without an offset, which may be any of 26 hours.
 */
export const dateTime: Conversion = (value) => {
  if (typeof value !== 'string') throw new TypeError('not a text');
  if (utcDateTime.test(value) && isCalendarDay(value)) return value;
  const parts = offsetDateTime.exec(value);
  if (parts === null || !isCalendarDay(value)) throw new TypeError('not a date-time with an offset');
  const [, minutes = '', seconds = ':00', fraction = '', offset = 'Z'] = parts;
  const moment = new Date(`${minutes}${seconds}${offset.toUpperCase()}`);
  if (Number.isNaN(moment.getTime())) throw new TypeError('not a moment');
  if (/^(z|[+-]00:00)$/i.test(offset)) return `${minutes.toUpperCase()}${seconds}${fraction}Z`;
  const inUtc = moment.toISOString();
  if (!/^\d{4}-/.test(inUtc)) throw new TypeError('not in a year of four digits');
  return `${inUtc.slice(0, 19)}${fraction}Z`;
};

/** An Edm.Date. Graph's samples show `2025-09-30T00:00:00.000Z`, of which only the day counts. Throws for anything else. */
export const date: Conversion = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value) || !isCalendarDay(value)) {
    throw new TypeError('not a day');
  }
  return value.slice(0, 10);
};

/** An Edm.String. Numbers and booleans are written as text; throws for anything else, and for whole numbers that have lost digits. */
export const text: Conversion = (value) => {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new TypeError('not all of its digits');
  if (typeof value !== 'number' && typeof value !== 'boolean') throw new TypeError('not a text');
  return String(value);
};

/** The same where nothing may stand, for values that others are computed from. */
export function textOrNull(value: unknown): unknown {
  return value === undefined || value === null ? null : text(value);
}

/** A list of Edm.String. Throws for anything else. */
export const texts: Conversion = (value) => {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(text);
};

/** An Edm.Int32. Throws for anything else. */
export const integer: Conversion = (value) => {
  if (typeof value !== 'number' || (value | 0) !== value) throw new TypeError('not a 32-bit whole number');
  return value;
};

/** Seats that are left. Undefined where one of the numbers is missing; throws where one of them, or what is left, is no Edm.Int32. */
export function unitsLeft(allotted: unknown, consumed: unknown): unknown {
  if ([allotted, consumed].some((units) => units === undefined || units === null)) return undefined;
  return integer(Number(integer(allotted)) - Number(integer(consumed)));
}

/** An Edm.Boolean. Throws for anything else. */
export const boolean: Conversion = (value) => {
  if (typeof value !== 'boolean') throw new TypeError('neither true nor false');
  return value;
};

/** An Edm.Guid in lower case. Throws for anything else. */
export const guid: Conversion = (value) => {
  const id = typeof value === 'string' ? lowerGuid(value) : undefined;
  if (id === undefined) throw new TypeError('not a GUID');
  return id;
};

/** A list of Edm.Guid in lower case. Throws for anything else. */
export const guids: Conversion = (value) => {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value.map(guid);
};

function enumName(member: string): string {
  return member.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** An evolvable enum: a member that is not in `known` is UNKNOWN. Members are Graph's, names are GraphQL's. Throws for what is not a text. */
export function enumeration(...known: readonly string[]): Conversion {
  const names = new Map(known.map((member) => [member.toLowerCase(), enumName(member)]));
  return (value) => {
    if (typeof value !== 'string') throw new TypeError('not the name of a member');
    return names.get(value.toLowerCase()) ?? 'UNKNOWN';
  };
}

/**
 * A flags enum, which Graph writes as one comma-joined text in any order, as a list in the order of `known` with
 * UNKNOWN last. `none` and the empty text are the empty list. Throws for what is not a text.
 */
export function flags(...known: readonly string[]): Conversion {
  return (value) => {
    if (typeof value !== 'string') throw new TypeError('not the names of members');
    const set = new Set(
      value
        .split(',')
        .map((member) => member.trim().toLowerCase())
        .filter((member) => member !== '' && member !== 'none'),
    );
    const names = known.filter((member) => set.has(member.toLowerCase())).map(enumName);
    return names.length === set.size ? names : [...names, 'UNKNOWN'];
  };
}
