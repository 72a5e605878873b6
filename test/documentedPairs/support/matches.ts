import type { Json } from './DocumentedPair.js';
import type { AskedData, Expansion } from './readRequest.js';
import { rowsOf, type Way } from './ways.js';

function isAmong(asked: readonly string[] | undefined, known: ReadonlySet<string>): boolean {
  return asked === undefined || asked.every((name) => name === 'id' || known.has(name));
}

function propertiesOf(rows: readonly Json[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => Object.keys(row)));
}

function selectsNoMore(asked: AskedData, { asked: documented, body }: Way): boolean {
  if (typeof body === 'object' && body !== null && 'error' in body) return true;
  const known = documented.select === undefined ? propertiesOf(rowsOf(body)) : new Set(documented.select);
  return isAmong(asked.select, known);
}

function expandsTheSame(asked: AskedData, { asked: documented, body }: Way): boolean {
  return (
    asked.expand.size === documented.expand.size &&
    [...asked.expand].every(([navigation, wanted]) => {
      const known = documented.expand.get(navigation);
      const items = rowsOf(body).flatMap((row) => rowsOf(row[navigation]));
      return known !== undefined && expandsNoMore(wanted, known, propertiesOf(items));
    })
  );
}

function expandsNoMore(asked: Expansion, documented: Expansion, shown: ReadonlySet<string>): boolean {
  const known = documented.select === undefined ? shown : new Set(documented.select);
  return asked.filter === documented.filter && isAmong(asked.select, known);
}

function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether a request asks for the data of a documented one and for nothing more. */
export function matches(asked: AskedData, way: Way): boolean {
  const { asked: documented } = way;
  return (
    asked.method === documented.method &&
    asked.path.toLowerCase() === documented.path.toLowerCase() &&
    asked.eventual === documented.eventual &&
    inOneOrder(asked.restrictions) === inOneOrder(documented.restrictions) &&
    inOneOrder(asked.body) === inOneOrder(documented.body) &&
    selectsNoMore(asked, way) &&
    expandsTheSame(asked, way)
  );
}
