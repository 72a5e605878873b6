import DataLoader from 'dataloader';
import type { GraphAnswer } from '../graph/GraphAnswer.js';
import { GraphClient, pathOfNextLink } from '../graph/GraphClient.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { directoryTypeOf, isDirectoryType } from '../mapping/schemaMapping.js';
import {
  combineObjectReads,
  readSingly,
  type CombinedRead,
  type ObjectRead,
  type SingleRead,
} from '../odata/combineObjectReads.js';
import { asError, badAnswer, isNotFound, objectOf, pageOf, paginationLoop, wholeItems } from '../run/answers.js';
import type { GraphReader } from '../run/GraphReader.js';

/** Something to read: paths as they stand, or directory objects, which may be read together with others. */
type ReadKey =
  | { readonly kind: 'paths'; readonly paths: readonly string[]; readonly eventual: boolean }
  | { readonly kind: 'object'; readonly object: ObjectRead };

/** Operations that leave together, and their bodies once they have come. */
class Wave {
  readonly operations: GraphOperation[] = [];
  bodies: readonly unknown[] | Promise<readonly unknown[]> = [];
}

/** Where the body of a path is found. */
interface Place {
  readonly wave: Wave;
  readonly index: number;
}

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

function singlePath(read: SingleRead): string {
  return `${read.collection}/${read.id}?$select=${read.select.join(',')}`;
}

/** The bodies at these places, of which some may still be on their way. */
function bodiesAt(places: readonly Place[]): readonly unknown[] | Promise<readonly unknown[]> {
  const isOnItsWay = places.some(({ wave }) => wave.bodies instanceof Promise);
  if (!isOnItsWay) return places.map(({ wave, index }) => (wave.bodies as readonly unknown[])[index]);
  return Promise.all(places.map(async ({ wave, index }) => (await wave.bodies)[index]));
}

/** What became of the directory objects of one collection, by id. */
class ObjectOutcomes {
  private readonly single = new Map<string, unknown>();
  private readonly found: ReadonlyMap<string, JsonObject>[] = [];

  /** What became of one object. */
  set(id: string, outcome: unknown): void {
    this.single.set(id, outcome);
  }

  /** Objects that were read together. */
  add(found: ReadonlyMap<string, JsonObject>): void {
    this.found.push(found);
  }

  /** An object, an Error, or undefined where there is none. */
  get(id: string): unknown {
    if (this.single.size > 0 && this.single.has(id)) return this.single.get(id);
    for (const objects of this.found) {
      const object = objects.get(id);
      if (object !== undefined) return object;
    }
    return undefined;
  }
}

/** The id of an object, in lower case. Raises where there is none. */
function idOf({ id }: JsonObject): string {
  if (typeof id !== 'string') throw badAnswer('an object without an id');
  return id.toLowerCase();
}

/** Whether Graph names an object as a user, group or device that was not asked for: an id of a group is nobody's. */
function isOfOtherType({ '@odata.type': named }: JsonObject, types: readonly string[]): boolean {
  const type = directoryTypeOf(named);
  return isDirectoryType(type) && !types.includes(type.toLowerCase());
}

function tryObject(body: unknown): JsonObject | Error {
  try {
    return objectOf(body);
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

  /**
   * Objects by id, off all pages of an answer of getByIds. An Error where there is no list in it, or an object without an
   * id, so that nobody is taken for unknown who was not answered.
   */
  async function foundById(first: unknown, types: readonly string[]): Promise<ReadonlyMap<string, JsonObject> | Error> {
    const found = new Map<string, JsonObject>();
    const visited = new Set<string>();
    try {
      for (let body = first; ;) {
        if (body instanceof Error) return body;
        const page = pageOf(body);
        for (const item of wholeItems(page)) if (!isOfOtherType(item, types)) found.set(idOf(item), item);
        if (page.nextLink === undefined) return found;
        const path = pathOfNextLink(client.serviceRoot, page.nextLink);
        if (visited.has(path)) throw paginationLoop();
        visited.add(path);
        [body] = await send([operationOf(path, false)]);
      }
    } catch (error) {
      return asError(error);
    }
  }

  /** What became of directory objects, by collection; where getByIds is refused, after reading them one by one. */
  async function readOutcomes(
    singles: readonly SingleRead[],
    combined: readonly CombinedRead[],
    wanted: readonly ObjectRead[],
    bodies: readonly unknown[],
  ): Promise<ReadonlyMap<string, ObjectOutcomes>> {
    const outcomes = new Map(wanted.map(({ collection }) => [collection, new ObjectOutcomes()]));
    singles.forEach(({ collection, id }, index) => outcomes.get(collection)?.set(id, bodies[index]));
    const refused = new Set<string>();
    await Promise.all(
      combined.map(async ({ collection, body: { ids, types } }, index) => {
        const body = bodies[singles.length + index];
        if (isRefused(body)) {
          refused.add(collection);
          return;
        }
        const found = await foundById(body, types);
        if (!(found instanceof Error)) outcomes.get(collection)?.add(found);
        else for (const id of ids) outcomes.get(collection)?.set(id, found);
      }),
    );
    if (refused.size === 0) return outcomes;
    const alone = readSingly(wanted.filter(({ collection }) => refused.has(collection)));
    const answers = await send(alone.map((read) => operationOf(singlePath(read), false)));
    alone.forEach(({ collection, id }, index) => outcomes.get(collection)?.set(id, answers[index]));
    return outcomes;
  }

  /** Every path that was read, so that none is read twice. */
  const places = new Map<string, Place>();

  function placeOf(path: string, eventual: boolean, wave: Wave): Place {
    const key = eventual ? `eventual ${path}` : path;
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = { wave, index: wave.operations.push(operationOf(path, eventual)) - 1 };
    places.set(key, place);
    return place;
  }

  async function readWave(keys: readonly ReadKey[]): Promise<unknown[]> {
    const wave = new Wave();
    const objects: ObjectRead[] = [];
    const placesOf = keys.map((key): readonly Place[] => {
      if (key.kind === 'paths') return key.paths.map((path) => placeOf(path, key.eventual, wave));
      objects.push(key.object);
      return [];
    });
    const paths = wave.operations.length;
    const { singles, combined } = combineObjectReads(objects);
    for (const read of singles) wave.operations.push(operationOf(singlePath(read), false));
    for (const { path, body } of combined)
      wave.operations.push({ method: 'POST', path, body, headers: jsonHeaders, repeatable: true });
    wave.bodies = send(wave.operations);
    const bodies = await wave.bodies;
    wave.bodies = bodies;
    const outcomes =
      objects.length === 0 ? undefined : await readOutcomes(singles, combined, objects, bodies.slice(paths));
    return Promise.all(
      keys.map(async (key, index) => {
        if (key.kind === 'paths') return bodiesAt(placesOf[index] ?? []);
        const { collection, ids } = key.object;
        const ofCollection = outcomes?.get(collection);
        return ids.map((id) => ofCollection?.get(id));
      }),
    );
  }

  let many = 0;
  const loader = new DataLoader<ReadKey, unknown, string>(readWave, {
    cacheKeyFn: (key) => {
      // Paths have their places; many of them together are asked for once anyway.
      if (key.kind === 'paths')
        return key.paths.length === 1 ? `${key.eventual} ${key.paths[0] ?? ''}` : `many ${many++}`;
      const { collection, ids, select } = key.object;
      return `objects ${collection} ${select.join(',')} ${ids.join(' ')}`;
    },
  });

  const readEach: GraphReader['readEach'] = async (paths, eventual) =>
    (await loader.load({ kind: 'paths', paths, eventual })) as readonly unknown[];

  const readObjects: GraphReader['readObjects'] = async (collection, ids, select) => {
    const found = (await loader.load({ kind: 'object', object: { collection, ids, select } })) as readonly unknown[];
    return found.map((each) => {
      if (each === undefined) return undefined;
      if (each instanceof Error) return isNotFound(each) ? undefined : each;
      return tryObject(each);
    });
  };

  return {
    async read(path, eventual) {
      const [body] = await readEach([path], eventual);
      if (body instanceof Error) throw body;
      return body;
    },
    readEach,
    readObjects,
    async readObject(collection, id, select) {
      // Of an object that is read once more the id is as Graph has written it.
      const [found] = await readObjects(collection, [id.toLowerCase()], select);
      if (found instanceof Error) throw found;
      return found;
    },
    pathOfNextLink: (nextLink) => pathOfNextLink(client.serviceRoot, nextLink),
  };
}
