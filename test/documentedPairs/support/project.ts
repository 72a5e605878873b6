import type { Json } from './DocumentedPair.js';
import type { AskedData } from './readRequest.js';

function pick(row: Json, select: readonly string[] | undefined, kept: readonly string[]): Json {
  if (select === undefined) return row;
  const names = new Set(['@odata.type', 'id', ...select, ...kept]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

function projectRow(row: Json, asked: AskedData): Json {
  const picked = pick(row, asked.select, [...asked.expand.keys()]);
  const expanded = [...asked.expand].flatMap(([navigation, { select }]): [string, unknown][] => {
    const value = picked[navigation];
    if (value === undefined || value === null) return [];
    return [
      [
        navigation,
        Array.isArray(value) ? value.map((item) => pick(item as Json, select, [])) : pick(value as Json, select, []),
      ],
    ];
  });
  return { ...picked, ...Object.fromEntries(expanded) };
}

/** A documented body as Graph would cut it down to the properties that were selected. */
export function project(body: unknown, asked: AskedData): unknown {
  if (typeof body !== 'object' || body === null || 'error' in body) return body;
  const { value } = body as Json;
  if (Array.isArray(value)) return { ...body, value: value.map((row) => projectRow(row as Json, asked)) };
  if (value !== undefined) return { ...body, value: projectRow(value as Json, asked) };
  return projectRow(body as Json, asked);
}
