import { createHash } from 'node:crypto';

/** A list of so many items is abbreviated in a golden. */
const long = 10;
/** Of which so many items stand there. */
const shown = 3;

/** Names a text, so that another text has another name. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function shorten<Item>(items: readonly Item[], print: (rest: readonly Item[]) => string): readonly (Item | string)[] {
  if (items.length < long) return items;
  const rest = items.slice(shown);
  return [...items.slice(0, shown), `… ${rest.length} more, sha256 ${digest(print(rest))}`];
}

/**
 * A JSON value in which a list of ten items or more is its first three and a text that says how many more there are. The
 * text holds a digest of the others, so a difference in any of them is a difference of the whole.
 */
export function abbreviateLists(value: unknown): unknown {
  if (Array.isArray(value)) return shorten(value as readonly unknown[], JSON.stringify).map(abbreviateLists);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, abbreviateLists(each)]));
}

/** What lines have in common that differ in a GUID alone. */
function formOf(line: string): string {
  return line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}');
}

/** Lines, of which ten or more in a row that differ in their ids alone are abbreviated like the items of a list. */
export function abbreviateLines(lines: readonly string[]): readonly string[] {
  const runs: string[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && formOf(run[0]) === formOf(line)) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => shorten(run, (rest) => rest.join('\n')));
}
