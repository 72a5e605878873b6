import DataLoader from 'dataloader';
import { asError, badAnswer, objectOf, pageOf } from '../execution/answers.js';
import type { GraphReader } from '../execution/GraphReader.js';
import type { GraphAnswer } from '../graph/GraphAnswer.js';
import { GraphClient, pathOfNextLink } from '../graph/GraphClient.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { combineObjectReads, type ObjectRead } from '../planner/passes/combineObjectReads.js';

/** One thing to read: a path as it stands, or a directory object, which may be read together with others. */
type ReadKey =
  | { readonly kind: 'path'; readonly path: string; readonly eventual: boolean }
  | { readonly kind: 'object'; readonly object: ObjectRead };

function operationOf(path: string, eventual: boolean): GraphOperation {
  return {
    method: 'GET',
    path,
    repeatable: true,
    ...(eventual ? { headers: { ConsistencyLevel: 'eventual' } } : {}),
  };
}

function bodyOf(answer: GraphAnswer | Error | undefined): unknown {
  if (answer === undefined) return badAnswer('an operation was not answered');
  return answer instanceof Error ? answer : answer.body;
}

function isNotFound(error: Error): boolean {
  return 'code' in error && error.code === 'NOT_FOUND';
}

/** Sends a wave and answers the bodies by position; an operation that failed is an Error in its place. */
type SendWave = (operations: readonly GraphOperation[]) => Promise<readonly unknown[]>;

function singlePath(read: ObjectRead): string {
  return `${read.collection}/${read.id}?$select=${read.select.join(',')}`;
}

/** Objects by id. An Error where there is no list in the body, so that nobody is taken for unknown who was not answered. */
function foundById(body: unknown): ReadonlyMap<string, JsonObject> | Error {
  if (body instanceof Error) return body;
  try {
    return new Map(pageOf(body).items.map((item) => [String(item.id).toLowerCase(), item]));
  } catch (error) {
    return asError(error);
  }
}

/** Where these come back the objects are read one by one: getByIds is refused, or not known here. */
const insteadSingly: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);

/**
 * The reader of one GraphQL request, a DataLoader: all reads of one turn of the event loop leave as one wave, a read
 * that was made before is not made again, and single users, groups and devices of a wave are read by getByIds, 1,000 a
 * call. Where that is refused (it needs a broader permission than the single paths) the single paths are read instead.
 */
export function createGraphReader(client: GraphClient, session: GraphSession): GraphReader {
  const send: SendWave = async (operations) => {
    const answers = await client.sendWave(operations, session);
    return operations.map((_, index) => bodyOf(answers[index]));
  };

  async function readWave(keys: readonly ReadKey[]): Promise<unknown[]> {
    const paths = keys.flatMap((key) => (key.kind === 'path' ? [operationOf(key.path, key.eventual)] : []));
    const objects = keys.flatMap((key) => (key.kind === 'object' ? [key.object] : []));
    const { singles, combined } = combineObjectReads(objects);
    const operations = [
      ...paths,
      ...singles.map((read) => operationOf(singlePath(read), false)),
      ...combined.map((each): GraphOperation => ({
        method: 'POST',
        path: each.path,
        body: each.body,
        headers: { 'Content-Type': 'application/json' },
        repeatable: true,
      })),
    ];
    const bodies = await send(operations);
    const outcomes = new Map<ObjectRead, unknown>();
    singles.forEach((read, index) => outcomes.set(read, bodies[paths.length + index]));
    const refused: ObjectRead[] = [];
    combined.forEach((each, index) => {
      const body = bodies[paths.length + singles.length + index];
      if (body instanceof Error && 'code' in body && insteadSingly.has(body.code)) {
        refused.push(...each.reads);
        return;
      }
      const found = foundById(body);
      for (const read of each.reads) {
        outcomes.set(read, found instanceof Error ? found : found.get(read.id.toLowerCase()));
      }
    });
    if (refused.length > 0) {
      const answers = await send(refused.map((read) => operationOf(singlePath(read), false)));
      refused.forEach((each, index) => outcomes.set(each, answers[index]));
    }
    let path = 0;
    return keys.map((key) => (key.kind === 'path' ? bodies[path++] : outcomes.get(key.object)));
  }

  const loader = new DataLoader<ReadKey, unknown, string>(readWave, {
    cacheKeyFn: (key) =>
      key.kind === 'path' ? `${key.eventual ? 'eventual ' : ''}${key.path}` : `object ${singlePath(key.object)}`,
  });

  return {
    read: (path, eventual) => loader.load({ kind: 'path', path, eventual }),
    async readObject(collection, id, select) {
      const found = await loader
        .load({ kind: 'object', object: { collection, id, select } })
        .catch((error: unknown) => {
          if (error instanceof Error && isNotFound(error)) return undefined;
          throw error;
        });
      return found === undefined ? undefined : objectOf(found);
    },
    pathOfNextLink: (nextLink) => pathOfNextLink(client.serviceRoot, nextLink),
  };
}
