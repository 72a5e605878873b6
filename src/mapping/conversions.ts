import type { Conversion } from './mappingTypes.js';

const offsetDateTime = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * An Edm.DateTimeOffset as RFC 3339 in UTC. All fraction digits are kept: `Date` knows only three, so the fraction is
 * carried past it. A value that is no date-time is answered as it came, because beta may surprise.
 */
export const dateTime: Conversion = (value) => {
  const parts = typeof value === 'string' ? offsetDateTime.exec(value) : null;
  if (parts === null) return value;
  const [, minutes = '', seconds = ':00', fraction = '', offset = 'Z'] = parts;
  if (/^(z|[+-]00:00)$/i.test(offset)) return `${minutes}${seconds}${fraction}Z`;
  const moment = new Date(`${minutes}${seconds}${offset}`);
  return Number.isNaN(moment.getTime()) ? value : `${moment.toISOString().slice(0, 19)}${fraction}Z`;
};

/** An Edm.Date. Graph's samples show `2025-09-30T00:00:00.000Z`, of which only the day counts. */
export const date: Conversion = (value) => (typeof value === 'string' ? value.slice(0, 10) : value);

/** An Edm.String. Throws for what is no text. */
export const text: Conversion = (value) => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number' && typeof value !== 'boolean') throw new TypeError('no text');
  return String(value);
};

/** A list of Edm.String. Throws for what is none. */
export const texts: Conversion = (value) => {
  if (!Array.isArray(value)) throw new TypeError('no list');
  return value.map(text);
};

/** An Edm.Int32. Throws for what is none. */
export const integer: Conversion = (value) => {
  if (!Number.isInteger(value)) throw new TypeError('no whole number');
  return value;
};

/** An Edm.Boolean. Throws for what is none. */
export const boolean: Conversion = (value) => {
  if (typeof value !== 'boolean') throw new TypeError('neither true nor false');
  return value;
};

/** An Edm.Guid in lower case. */
export const guid: Conversion = (value) => (typeof value === 'string' ? value.toLowerCase() : value);

/** A list of Edm.Guid in lower case. */
export const guids: Conversion = (value) => (Array.isArray(value) ? value.map(guid) : value);

function enumName(member: string): string {
  return member.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

/** An evolvable enum: a member that is not in `known` is UNKNOWN. Members are Graph's, names are GraphQL's. */
export function enumeration(...known: readonly string[]): Conversion {
  const names = new Map(known.map((member) => [member.toLowerCase(), enumName(member)]));
  return (value) => names.get(String(value).toLowerCase()) ?? 'UNKNOWN';
}

/**
 * A flags enum, which Graph writes as one comma-joined text in any order, as a list in the order of `known` with
 * UNKNOWN last. `none` and the empty text are the empty list.
 */
export function flags(...known: readonly string[]): Conversion {
  return (value) => {
    const set = new Set(
      String(value)
        .split(',')
        .map((member) => member.trim().toLowerCase())
        .filter((member) => member !== '' && member !== 'none'),
    );
    const names = known.filter((member) => set.has(member.toLowerCase())).map(enumName);
    return names.length === set.size ? names : [...names, 'UNKNOWN'];
  };
}
