import DataLoader from 'dataloader';
import type { GraphAnswer } from '../graph/GraphAnswer.js';
import { GraphClient, pathOfNextLink } from '../graph/GraphClient.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { combineObjectReads, mergeSame, type ObjectRead } from '../odata/combineObjectReads.js';
import { asError, badAnswer, isNotFound, objectOf, pageOf, wholeItems } from '../run/answers.js';
import type { GraphReader } from '../run/GraphReader.js';

/** One thing to read: a path as it stands, or a directory object, which may be read together with others. */
type ReadKey =
  | { readonly kind: 'path'; readonly path: string; readonly eventual: boolean }
  | { readonly kind: 'object'; readonly object: ObjectRead };

const eventualHeaders = { ConsistencyLevel: 'eventual' };
const jsonHeaders = { 'Content-Type': 'application/json' };

function operationOf(path: string, eventual: boolean): GraphOperation {
  return eventual
    ? { method: 'GET', path, repeatable: true, headers: eventualHeaders }
    : { method: 'GET', path, repeatable: true };
}

function bodyOf(answer: GraphAnswer | Error | undefined): unknown {
  if (answer === undefined) return badAnswer('an operation was not answered');
  return answer instanceof Error ? answer : answer.body;
}

function singlePath(read: ObjectRead): string {
  return `${read.collection}/${read.id}?$select=${read.select.join(',')}`;
}

function objectKey({ collection, id }: Pick<ObjectRead, 'collection' | 'id'>): string {
  return `${collection}/${id.toLowerCase()}`;
}

/** Objects by id. An Error where there is no list in the body, so that nobody is taken for unknown who was not answered. */
function foundById(body: unknown): ReadonlyMap<string, JsonObject> | Error {
  if (body instanceof Error) return body;
  try {
    return new Map(wholeItems(pageOf(body)).map((item) => [String(item.id).toLowerCase(), item]));
  } catch (error) {
    return asError(error);
  }
}

/** Where these come back the objects are read one by one: getByIds is refused, or not known here. */
const insteadSingly: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);

function isRefused(body: unknown): boolean {
  return body instanceof Error && 'code' in body && insteadSingly.has(body.code);
}

/**
 * The reader of one GraphQL request, a DataLoader: all reads of one turn of the event loop leave as one wave, a read
 * that was made before is not made again, and single users, groups and devices of a wave are read by getByIds, 1,000 a
 * call. Where that is refused (it needs a broader permission than the single paths) the single paths are read instead.
 */
export function createGraphReader(client: GraphClient, session: GraphSession): GraphReader {
  const send = async (operations: readonly GraphOperation[]): Promise<readonly unknown[]> => {
    const answers = await client.sendWave(operations, session);
    return operations.map((_, index) => bodyOf(answers[index]));
  };

  /** What became of directory objects, by their key: undefined for one that is not there. */
  async function readObjects(
    singles: readonly ObjectRead[],
    combined: ReturnType<typeof combineObjectReads>['combined'],
    wanted: readonly ObjectRead[],
    bodies: readonly unknown[],
  ): Promise<ReadonlyMap<string, unknown>> {
    const outcomes = new Map<string, unknown>();
    singles.forEach((read, index) => outcomes.set(objectKey(read), bodies[index]));
    const refused = new Set<string>();
    combined.forEach((each, index) => {
      const body = bodies[singles.length + index];
      const ids = new Set(each.body.ids);
      const reads = wanted.filter(
        (read) =>
          read.collection === each.collection && ids.has(read.id.toLowerCase()) && !outcomes.has(objectKey(read)),
      );
      const found = isRefused(body) ? undefined : foundById(body);
      for (const read of reads) {
        if (found === undefined) refused.add(objectKey(read));
        else outcomes.set(objectKey(read), found instanceof Error ? found : found.get(read.id.toLowerCase()));
      }
    });
    if (refused.size === 0) return outcomes;
    const alone = mergeSame(wanted.filter((read) => refused.has(objectKey(read))));
    const answers = await send(alone.map((read) => operationOf(singlePath(read), false)));
    alone.forEach((read, index) => outcomes.set(objectKey(read), answers[index]));
    return outcomes;
  }

  async function readWave(keys: readonly ReadKey[]): Promise<unknown[]> {
    const paths: GraphOperation[] = [];
    const objects: ObjectRead[] = [];
    for (const key of keys) {
      if (key.kind === 'path') paths.push(operationOf(key.path, key.eventual));
      else objects.push(key.object);
    }
    if (objects.length === 0) return [...(await send(paths))];
    const { singles, combined } = combineObjectReads(objects);
    const operations = [
      ...paths,
      ...singles.map((read) => operationOf(singlePath(read), false)),
      ...combined.map(({ path, body }): GraphOperation => ({
        method: 'POST',
        path,
        body,
        headers: jsonHeaders,
        repeatable: true,
      })),
    ];
    const bodies = await send(operations);
    const outcomes = await readObjects(singles, combined, objects, bodies.slice(paths.length));
    let path = 0;
    return keys.map((key) => (key.kind === 'path' ? bodies[path++] : outcomes.get(objectKey(key.object))));
  }

  const loader = new DataLoader<ReadKey, unknown, string>(readWave, {
    cacheKeyFn: (key) =>
      key.kind === 'path' ? (key.eventual ? `eventual ${key.path}` : key.path) : `object ${singlePath(key.object)}`,
  });

  return {
    read: (path, eventual) => loader.load({ kind: 'path', path, eventual }),
    async readObject(collection, id, select) {
      try {
        const found = await loader.load({ kind: 'object', object: { collection, id, select } });
        return found === undefined ? undefined : objectOf(found);
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    pathOfNextLink: (nextLink) => pathOfNextLink(client.serviceRoot, nextLink),
  };
}
