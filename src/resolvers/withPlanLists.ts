import { isObject } from '../run/objectOf.js';
import type { GraphReader } from '../run/GraphReader.js';

const property = 'disabledServicePlanIds';
/** An assignment, or a list of assignments; also a later page, whose link may name no properties. */
const ofAssignments = /\/assignments(?:\/[^/?]+)?(?:\?|$)/;

function withList(assignment: unknown): unknown {
  if (!isObject(assignment)) return assignment;
  return { ...assignment, [property]: assignment[property] ?? [] };
}

function filled(body: unknown): unknown {
  if (!isObject(body)) return body;
  const { value } = body;
  if (Array.isArray(value)) return { ...body, value: value.map(withList) };
  return isObject(value) ? { ...body, value: withList(value) } : withList(body);
}

/**
 * The same reader, to which an assignment whose list of service plans that are off is left out or null has none that is off.
 * To whoever asks for that list it is an error; to a change, one such row of a list would seem to say that nothing can be read.
 */
export function withPlanLists(reader: GraphReader): GraphReader {
  const fill = (path: string, body: unknown): unknown => (ofAssignments.test(path) ? filled(body) : body);
  return {
    read: async (path, eventual) => fill(path, await reader.read(path, eventual)),
    readEach: async (paths, eventual) =>
      (await reader.readEach(paths, eventual)).map((body, index) => fill(paths[index] ?? '', body)),
    readObject: (collection, id, select) => reader.readObject(collection, id, select),
    readObjects: (collection, ids, select) => reader.readObjects(collection, ids, select),
    pathOfNextLink: (nextLink) => reader.pathOfNextLink(nextLink),
  };
}
