import DataLoader from 'dataloader';
import type { GraphAnswer } from '../graph/GraphAnswer.js';
import type { GraphClient } from '../graph/GraphClient.js';
import type { GraphOperation } from '../graph/GraphOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import { pathOfNextLink } from '../graph/pathOfNextLink.js';
import { idKey } from '../mapping/idKey.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { ObjectRead } from '../odata/combineObjectReads.js';
import { asError, badAnswer, isNotFound } from '../run/failures.js';
import type { GraphReader } from '../run/GraphReader.js';
import { objectOf } from '../run/objectOf.js';
import { DirectoryObjects } from './DirectoryObjects.js';
import { readOfPath } from './readOfPath.js';

/** Something to read: paths as they stand, or directory objects, which may be read together with others. */
type ReadKey =
  | { readonly kind: 'paths'; readonly paths: readonly string[]; readonly eventual: boolean }
  | { readonly kind: 'objects'; readonly read: ObjectRead };

/** By position: bodies and objects, an Error for each that failed. */
type Outcomes = readonly unknown[];

/** Operations that leave together, and their bodies once they have come. */
class Wave {
  readonly operations: GraphOperation[] = [];
  bodies: Outcomes | Promise<Outcomes> = [];
}

/** Where the body of a path is found. */
interface Place {
  readonly wave: Wave;
  readonly index: number;
}

/** A read of directory objects that was made. */
interface ObjectLoading {
  readonly ids: readonly string[];
  readonly loading: Promise<Outcomes>;
}

function bodyOf(answer: GraphAnswer | Error | undefined): unknown {
  if (answer === undefined) return badAnswer('an operation was not answered');
  return answer instanceof Error ? answer : answer.body;
}

/** The body of a read of one path; raises the Error in its place. */
function onlyBody([body]: Outcomes): unknown {
  if (body instanceof Error) throw body;
  return body;
}

/** The bodies at these places, of which some may still be on their way. */
function bodiesAt(places: readonly Place[]): Outcomes | Promise<Outcomes> {
  const isOnItsWay = places.some(({ wave }) => wave.bodies instanceof Promise);
  if (!isOnItsWay) return places.map(({ wave, index }) => (wave.bodies as Outcomes)[index]);
  return Promise.all(places.map(async ({ wave, index }) => (await wave.bodies)[index]));
}

function tryObject(body: unknown): JsonObject | Error {
  try {
    return objectOf(body);
  } catch (error) {
    return asError(error);
  }
}

/** An object, undefined where there is none of that id and type, or an Error. */
function foundIn(outcome: unknown): JsonObject | Error | undefined {
  if (outcome === undefined) return undefined;
  if (outcome instanceof Error) return isNotFound(outcome) ? undefined : outcome;
  return tryObject(outcome);
}

/**
 * The reader of one GraphQL request, a DataLoader: all reads of one turn of the event loop leave as one wave, and a read that
 * was made before is not made again.
 */
export class BatchedReader implements GraphReader {
  private readonly loader = new DataLoader<ReadKey, Outcomes>((keys) => this.readWave(keys), { cache: false });
  /** Every path that was read. */
  private readonly places = new Map<string, Place>();
  /** Every read of directory objects that was made; those that the key does not tell apart are told apart by their ids. */
  private readonly objects = new Map<string, readonly ObjectLoading[]>();

  constructor(
    private readonly client: GraphClient,
    private readonly session: GraphSession,
  ) {}

  read(path: string, eventual = false): Promise<unknown> {
    return this.readEach([path], eventual).then(onlyBody);
  }

  readEach(paths: readonly string[], eventual: boolean): Promise<Outcomes> {
    return this.loader.load({ kind: 'paths', paths, eventual });
  }

  async readObject(collection: string, id: string, select: readonly string[]): Promise<JsonObject | undefined> {
    // Of an object that is read once more the id is as Graph has written it.
    const [outcome] = await this.loadObjects({ collection, ids: [idKey(id)], select });
    const found = foundIn(outcome);
    if (found instanceof Error) throw found;
    return found;
  }

  async readObjects(
    collection: string,
    ids: readonly string[],
    select: readonly string[],
  ): Promise<readonly (JsonObject | Error | undefined)[]> {
    const outcomes = await this.loadObjects({ collection, ids, select });
    return outcomes.map(foundIn);
  }

  pathOfNextLink(nextLink: string): string {
    return pathOfNextLink(this.client.serviceRoot, nextLink);
  }

  private loadObjects(read: ObjectRead): Promise<Outcomes> {
    const { collection, ids, select } = read;
    // The first id tells most reads apart; all of them would make a key that takes longer than the reading of the answer.
    const key = `${collection} ${select.join(',')} ${ids.length} ${ids[0] ?? ''}`;
    const alike = this.objects.get(key) ?? [];
    const known = alike.find((each) => each.ids.every((id, index) => id === ids[index]));
    if (known !== undefined) return known.loading;
    const loading = this.loader.load({ kind: 'objects', read });
    this.objects.set(key, [...alike, { ids, loading }]);
    return loading;
  }

  private async readWave(keys: readonly ReadKey[]): Promise<Outcomes[]> {
    const wave = new Wave();
    const reads: ObjectRead[] = [];
    const placesOf = keys.map((key): readonly Place[] => {
      if (key.kind === 'paths') return key.paths.map((path) => this.placeOf(path, key.eventual, wave));
      reads.push(key.read);
      return [];
    });
    const objects = reads.length === 0 ? undefined : new DirectoryObjects(reads);
    const paths = wave.operations.length;
    if (objects !== undefined) wave.operations.push(...objects.operations);
    wave.bodies = this.send(wave.operations);
    const bodies = await wave.bodies;
    wave.bodies = bodies;
    if (objects !== undefined) await objects.take(bodies.slice(paths), this);
    const outcomes = keys.map((key, index) =>
      key.kind === 'paths' ? bodiesAt(placesOf[index] ?? []) : (objects?.outcomesOf(key.read) ?? []),
    );
    // Only what an earlier wave reads may be on its way still.
    const isOpen = outcomes.some((each) => each instanceof Promise);
    return isOpen ? Promise.all(outcomes.map(async (each) => each)) : (outcomes as Outcomes[]);
  }

  private placeOf(path: string, eventual: boolean, wave: Wave): Place {
    const key = eventual ? `eventual ${path}` : path;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = { wave, index: wave.operations.push(readOfPath(path, eventual)) - 1 };
    this.places.set(key, place);
    return place;
  }

  /** Sends operations as a wave of their own; by position, an Error for each that failed. */
  send(operations: readonly GraphOperation[]): Promise<Outcomes> {
    return this.client.sendWave(operations, this.session).then((answers) => answers.map(bodyOf));
  }
}
