import type { GraphOperation } from '../graph/GraphOperation.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { idKey } from '../mapping/idKey.js';
import { directoryTypeOf, isDirectoryType } from '../mapping/schemaMapping.js';
import {
  combineObjectReads,
  readSingly,
  type CombinedRead,
  type ObjectRead,
  type SingleRead,
} from '../odata/combineObjectReads.js';
import { printSingleRead } from '../odata/printSingleRead.js';
import { asError, badAnswer } from '../run/failures.js';
import { wholeItems } from '../run/Page.js';
import { pagesOf, type PageReader } from '../run/pagesFrom.js';
import { readOfPath } from './readOfPath.js';

/** What sends more operations, and reads the links of pages. */
interface Sender {
  send(operations: readonly GraphOperation[]): Promise<readonly unknown[]>;
  pathOfNextLink(nextLink: string): string;
}

const jsonHeaders = { 'Content-Type': 'application/json' };

function readOfOne(read: SingleRead): GraphOperation {
  return readOfPath(printSingleRead(read));
}

function readOfMany({ path, body }: CombinedRead): GraphOperation {
  return { method: 'POST', path, body, headers: jsonHeaders, repeatable: true };
}

interface IdentifiedObject extends JsonObject {
  readonly id: string;
}

function isIdentified(object: JsonObject): object is IdentifiedObject {
  return typeof object.id === 'string';
}

/** Objects that were read together. */
class FoundObjects {
  private byId: ReadonlyMap<string, JsonObject> | undefined;

  constructor(private readonly objects: readonly IdentifiedObject[]) {}

  /**
   * An object by its id in lower case.
   *
   * @param place where it stands if the objects come in the order in which they were asked for. A look there is enough then;
   *   a table of all ids would take longer than the rest of the join.
   */
  get(id: string, place: number): JsonObject | undefined {
    const expected = this.objects[place];
    if (expected?.id === id) return expected;
    this.byId ??= new Map(this.objects.map((object) => [idKey(object.id), object]));
    return this.byId.get(id);
  }
}

/** The outcomes of reading objects of one collection, by id. */
class ObjectOutcomes {
  private readonly single = new Map<string, unknown>();
  private readonly found: FoundObjects[] = [];

  /** Notes the outcome for one object. A success without a body says nothing of it: that nobody has the id is said by 404. */
  set(id: string, outcome: unknown): void {
    this.single.set(id, outcome ?? badAnswer('an object was expected'));
  }

  /** Objects that were read together. */
  add(found: FoundObjects): void {
    this.found.push(found);
  }

  /** An object, an Error, or undefined where there is none; `place`: that of the id in the read. */
  get(id: string, place: number): unknown {
    if (this.single.size > 0 && this.single.has(id)) return this.single.get(id);
    for (const objects of this.found) {
      const object = objects.get(id, place);
      if (object !== undefined) return object;
    }
    return undefined;
  }
}

/** Whether Graph names an object as a user, group or device that was not asked for: an id of a group is nobody's. */
function isOfOtherType({ '@odata.type': named }: JsonObject, types: readonly string[]): boolean {
  const type = directoryTypeOf(named);
  return isDirectoryType(type) && !types.includes(type.toLowerCase());
}

/** Where these come back the objects are read one by one: getByIds is refused, or not known here. */
const insteadSingly: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);

function wantsSingleReads(body: unknown): boolean {
  return body instanceof Error && 'code' in body && insteadSingly.has(body.code);
}

function pageReader(sender: Sender): PageReader {
  return {
    async read(path) {
      const [body] = await sender.send([readOfPath(path)]);
      if (body instanceof Error) throw body;
      return body;
    },
    pathOfNextLink: (nextLink) => sender.pathOfNextLink(nextLink),
  };
}

/**
 * The objects on all pages of an answer of getByIds. An Error where there is no list in it, an object without an id, or no
 * end of its pages, so that nobody is taken for unknown who was not answered.
 */
async function readAll(
  first: unknown,
  types: readonly string[],
  sender: Sender,
): Promise<readonly IdentifiedObject[] | Error> {
  if (first instanceof Error) return first;
  const found: IdentifiedObject[] = [];
  try {
    for await (const page of pagesOf(pageReader(sender), first)) {
      for (const item of wholeItems(page)) {
        if (isOfOtherType(item, types)) continue;
        if (!isIdentified(item)) throw badAnswer('an object without an id');
        found.push(item);
      }
    }
    return found;
  } catch (error) {
    return asError(error);
  }
}

/**
 * Users, groups and devices that are wanted in one wave: single ones are read by getByIds, 1,000 a call. Where that is refused
 * (it needs a broader permission than the single paths) the single paths are read instead.
 */
export class DirectoryObjects {
  /** What asks for them, to be sent together with the rest of the wave. */
  readonly operations: readonly GraphOperation[];
  private readonly singles: readonly SingleRead[];
  private readonly combined: readonly CombinedRead[];
  private readonly outcomes = new Map<string, ObjectOutcomes>();

  constructor(private readonly reads: readonly ObjectRead[]) {
    const { singles, combined } = combineObjectReads(reads);
    this.singles = singles;
    this.combined = combined;
    this.operations = [...singles.map(readOfOne), ...combined.map(readOfMany)];
  }

  /** The outcome for each object of a read, by position: an object, an Error, or undefined where there is none. */
  outcomesOf({ collection, ids }: ObjectRead): readonly unknown[] {
    const ofCollection = this.outcomes.get(collection);
    return ids.map((id, place) => ofCollection?.get(id, place));
  }

  /** Takes what `operations` were answered, by position, and reads what is still missing. */
  async take(bodies: readonly unknown[], sender: Sender): Promise<void> {
    const { singles, combined } = this;
    singles.forEach(({ collection, id }, index) => this.of(collection).set(id, bodies[index]));
    if (combined.length === 0) return;
    const refused = new Set<string>();
    await Promise.all(
      combined.map(async ({ collection, body: { ids, types } }, index) => {
        const body = bodies[singles.length + index];
        if (wantsSingleReads(body)) {
          refused.add(collection);
          return;
        }
        const found = await readAll(body, types, sender);
        const outcomes = this.of(collection);
        if (!(found instanceof Error)) outcomes.add(new FoundObjects(found));
        else for (const id of ids) outcomes.set(id, found);
      }),
    );
    if (refused.size > 0) await this.readAlone(refused, sender);
  }

  private async readAlone(refused: ReadonlySet<string>, sender: Sender): Promise<void> {
    const alone = readSingly(this.reads.filter(({ collection }) => refused.has(collection)));
    const answers = await sender.send(alone.map(readOfOne));
    alone.forEach(({ collection, id }, index) => this.of(collection).set(id, answers[index]));
  }

  private of(collection: string): ObjectOutcomes {
    const known = this.outcomes.get(collection);
    if (known !== undefined) return known;
    const made = new ObjectOutcomes();
    this.outcomes.set(collection, made);
    return made;
  }
}
