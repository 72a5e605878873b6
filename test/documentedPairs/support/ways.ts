import type { DocumentedPair, Json } from './DocumentedPair.js';
import { readRequest, type AskedData } from './readRequest.js';

/** One way to ask for the data of a pair, with the answer that carries them. */
export interface Way {
  readonly asked: AskedData;
  readonly body: unknown;
}

function asJson(value: unknown): Json {
  return (typeof value === 'object' && value !== null ? value : {}) as Json;
}

/** Seven pages wrap single objects in `value`, others do not; a list is not wrapped. */
export function unwrapped(body: unknown): unknown {
  const { value } = asJson(body);
  return value === undefined ? body : value;
}

const relation = /^(.*\/(?:allotments|assignments|assignmentErrors|usageRights)\/([^/]+))\/(\w+)$/;

/** The relation of one object, asked for by expanding it in the object: one request either way. */
function expandedInstead({ asked, body }: Way): readonly Way[] {
  const [, path, id, navigation] = relation.exec(asked.path) ?? [];
  if (path === undefined || navigation === undefined) return [];
  const expand = new Map([[navigation, { select: asked.select, filter: undefined }]]);
  return [{ asked: { ...asked, path, select: undefined, expand }, body: { id, [navigation]: unwrapped(body) } }];
}

/** The number of objects, asked for as the count of a list of which no row is needed. */
function countedInstead({ asked, body }: Way): readonly Way[] {
  if (!asked.path.endsWith('/$count') || !asked.eventual) return [];
  const path = asked.path.slice(0, -'/$count'.length);
  return [
    { asked: { ...asked, path, restrictions: { count: 'true' } }, body: { '@odata.count': Number(body), value: [] } },
  ];
}

/** The documented request, and others that ask for the same data with as few requests. */
export function waysToAsk({ request, response }: DocumentedPair): readonly Way[] {
  if (request.path === null) return [];
  const { method, path: url, headers = {}, body } = request;
  const documented: Way = { asked: readRequest({ method, url, headers, body }), body: response.body };
  return [documented, ...expandedInstead(documented), ...countedInstead(documented)];
}

/** The objects that an answer holds. */
export function rowsOf(body: unknown): readonly Json[] {
  const value = unwrapped(body);
  return Array.isArray(value) ? value.map(asJson) : [asJson(value)];
}
