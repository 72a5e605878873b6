/** A bound operation as the calls that it stands for: what `explain` prints, and what the limit on cost counts. */
import type { BoundOperation, BoundRead, BoundStep, KeepRule, Reference } from '../bind/BoundOperation.js';
import { textOf } from '../bind/bindRead.js';
import { firstPlan } from '../compile/firstPlan.js';
import type { EntityPlan, ExpandStep, ListStep, ObjectPlan, OneStep, Step, Target } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import type { ODataQuery } from '../odata/ODataQuery.js';
import { combineObjectReads } from '../odata/combineObjectReads.js';
import { objectIdIn } from '../run/addresses.js';
import { optionsOf, withOptions } from '../run/learned/LearnedOptions.js';
import { seatsPath } from '../run/readSkus.js';

/** One kind of call. */
export interface DescribedCall {
  /** The round trip that it leaves with, from 1. */
  readonly wave: number;
  readonly method: 'GET' | 'POST';
  /** Path and query; `{User}` stands for the path of an object that is not known before the call is made. */
  readonly path: string;
  /** The relation that the call is made for. */
  readonly name: string;
  /** How many such calls there are at the most, one for each object that it starts from. */
  readonly count: number;
  /** How many objects it brings at the most, over all calls. */
  readonly objects: number;
  /** The object that it is repeated for; undefined where it is made once. */
  readonly forEach: string | undefined;
  /** When it is sent, if not in any case: an expansion that was cut off, say. Not a part of what an operation costs. */
  readonly onlyIf: string | undefined;
  /** What it becomes where Graph takes options that no page documents. */
  readonly learned: LearnedCall | undefined;
}

/** A call with options that no page documents. */
export interface LearnedCall {
  readonly path: string;
  /** Relations that need no calls of their own then. */
  readonly spares: readonly string[];
}

/** A list without a page size is reckoned with this many objects. */
const assumedListSize = 10;

interface Place {
  readonly wave: number;
  readonly address: string;
  readonly count: number;
  readonly forEach: string | undefined;
  /** Whether the object is named by arguments, so that its own answer comes with this wave and not before. */
  readonly known: boolean;
}

const rootPlace: Place = { wave: 1, address: '', count: 1, forEach: undefined, known: true };

interface ObjectsRead {
  readonly wave: number;
  readonly name: string;
  readonly collection: string;
  readonly ids: readonly string[];
  readonly select: readonly string[];
}

/** Readable text for people; what is sent stays encoded. */
function readable(query: string): string {
  return query.replace(/%20/g, ' ').replace(/%22/g, '"').replace(/%3A/g, ':');
}

function sizeOf(bound: BoundStep | undefined): number {
  if (bound?.kind !== 'list') return 1;
  return Number.isFinite(bound.first) ? bound.first : assumedListSize;
}

/** A GET. The limit on cost asks for no text, so its path is made when somebody reads it. */
class Read implements DescribedCall {
  readonly method = 'GET';
  readonly wave: number;
  readonly count: number;
  readonly objects: number;
  readonly forEach: string | undefined;

  constructor(
    private readonly place: Place,
    readonly name: string,
    private readonly text: string | (() => string),
    size: number,
    readonly onlyIf: string | undefined,
    readonly learned: LearnedCall | undefined,
  ) {
    this.wave = place.wave;
    this.count = place.count;
    this.objects = place.count * size;
    this.forEach = place.forEach;
  }

  get path(): string {
    return this.place.address + (typeof this.text === 'string' ? this.text : this.text());
  }
}

/** The same read with options that no page documents, its path made when somebody reads it. */
class LearnedRead implements LearnedCall {
  constructor(
    private readonly place: Place,
    private readonly read: BoundRead,
    readonly spares: readonly string[],
  ) {}

  get path(): string {
    return this.place.address + this.read.resource + readable(this.read.text);
  }
}

class CallCollector {
  readonly calls: DescribedCall[] = [];
  readonly objects: ObjectsRead[] = [];

  constructor(private readonly bound: BoundOperation) {}

  collectTarget(target: Target, placeOf: (type: string) => Place): void {
    for (const plan of Object.values(target)) this.collectPlan(plan, placeOf(plan.type));
  }

  collectPlan(plan: ObjectPlan, place: Place): void {
    const rereads = new Map<ODataQuery, string[]>();
    for (const step of plan.steps) {
      const effective = documentedWay(step);
      if (effective.kind === 'expand' && effective.reread !== undefined) {
        rereads.set(effective.reread, [...(rereads.get(effective.reread) ?? []), effective.name]);
      }
      this.collectStep(step, place);
    }
    for (const [query] of rereads) {
      this.add(place, `${plan.type} once more`, readable(textOf(query)), 1);
    }
  }

  private add(
    place: Place,
    name: string,
    path: string | (() => string),
    size: number,
    onlyIf?: string,
    learned?: LearnedCall,
  ): void {
    this.calls.push(new Read(place, name, path, size, onlyIf, learned));
  }

  private addRead(place: Place, step: Step, read: BoundRead, size: number, onlyIf?: string): void {
    const { query, resource } = read;
    const options = optionsOf(query);
    const spares = (query.expand ?? []).filter((each) => each.option !== undefined).map((each) => each.navigation);
    const path = (): string =>
      resource + readable(options.length === 0 ? read.text : textOf(withOptions(query, new Set())));
    const learned = options.length === 0 ? undefined : new LearnedRead(place, read, spares);
    this.add(place, step.name, path, size, onlyIf, learned);
  }

  /** The read of an object whose relations alone were asked for: tells whether it exists, where one of them does not. */
  private addExistenceCheck(place: Place, path: string, name: string): void {
    this.add(
      { ...place, wave: place.wave + 1 },
      name,
      `${path}?$select=id`,
      1,
      'Graph answers 404 to what was asked of it',
    );
  }

  /** The id of whoever is addressed by another name, with which the owner that an id names is compared. */
  private addOwnId(place: Place, name: string): void {
    const text = '?$select=id';
    if (!this.calls.some(({ path }) => path === place.address + text)) this.add(place, name, text, 1);
  }

  private behind(place: Place, name: string, size: number, type: string, wave: number): Place {
    return { wave, address: `{${type}}`, count: place.count * size, forEach: name, known: false };
  }

  private collectStep(step: Step, place: Place): void {
    switch (step.kind) {
      case 'expand':
        this.collectExpand(step, place);
        return;
      case 'one':
        this.collectOne(step, place, this.bound.steps[step.id]);
        return;
      case 'list':
        this.collectList(step, place, this.bound.steps[step.id]);
        return;
      case 'byIds': {
        const bound = this.bound.steps[step.id];
        const ids = bound?.kind === 'ids' ? bound.ids : [];
        const plan = step.target[step.type];
        const collection = mappingOf(step.type).collection ?? '';
        this.objects.push({
          wave: place.wave,
          name: step.name,
          collection,
          ids,
          select: selectList(['id', ...(plan?.select ?? [])]),
        });
        if (plan !== undefined) this.collectPlan(plan, knownPlace(place, collection, ids, step.name, step.type));
        return;
      }
      case 'references': {
        const bound = this.bound.steps[step.id];
        if (bound?.kind === 'references') this.collectReferences(step.entities, bound.references, place);
        return;
      }
      case 'resolve':
      case 'items':
        this.collectTarget(step.target, () => place);
        return;
      case 'sku':
      case 'seats':
      case 'skuAllotments':
      case 'containingSkus':
      case 'entity':
        return;
    }
  }

  private collectExpand(step: ExpandStep, place: Place): void {
    if (step.option !== undefined && step.otherwise !== undefined) {
      this.collectStep(step.otherwise, place);
      return;
    }
    const size = step.field.cardinality === 'one' ? 1 : sizeOf(this.bound.steps[step.id]);
    // Of an object that was listed the rows are there already; else they come with its own answer, or its second one.
    const wave = place.known || step.reread !== undefined ? place.wave + 1 : place.wave;
    if (step.cap !== undefined && step.otherwise !== undefined) {
      this.collectConditional(step.otherwise, { ...place, wave }, 'its expansion was cut off');
    }
    // What may be missing says nothing of whether Graph expands at all: until one was seen, it is asked for by its path.
    if (step.field.nullable && step.otherwise !== undefined)
      this.collectConditional(step.otherwise, { ...place, wave }, 'none came and none was seen before');
    this.collectCompletions(step, place, size, wave);
    this.collectTarget(step.target, (type) => this.behind(place, step.name, size, type, wave));
  }

  /** How the objects come another way, without what lies behind them. */
  private collectConditional(step: Step, place: Place, onlyIf: string): void {
    const bound = this.bound.steps[step.id];
    if (step.kind === 'expand' && step.reread !== undefined)
      this.add(place, step.name, readable(textOf(step.reread)), 1, onlyIf);
    else if (bound?.kind === 'list')
      for (const read of bound.reads) this.addRead(place, step, read, sizeOf(bound), onlyIf);
    else if (bound?.kind === 'one') this.addRead(place, step, bound.read, 1, onlyIf);
  }

  /** Properties that could not be selected in an expansion. */
  private collectCompletions(step: ExpandStep, place: Place, size: number, wave: number): void {
    const paths = Object.values(step.target).flatMap(({ type, select }) => {
      const wanted = select.filter((property) => property !== 'id' && !property.startsWith('@'));
      return isDirectoryType(type) && wanted.length > 0
        ? [`/directoryObjects/getByIds?$select=${selectList(['id', ...select]).join(',')}`]
        : [];
    });
    for (const path of new Set(paths)) {
      this.calls.push({
        wave,
        method: 'POST',
        path,
        name: step.name,
        count: 1,
        objects: place.count * size,
        forEach: undefined,
        onlyIf: 'it came without one of these',
        learned: undefined,
      });
    }
  }

  collectOne(step: OneStep, place: Place, bound: BoundStep | undefined): void {
    if (bound?.kind !== 'one') return;
    const { read, needed, objectId, address, owner } = bound;
    if (owner !== undefined && place.known && objectIdIn(place.address) === undefined) this.addOwnId(place, step.name);
    const plan = firstPlan(step.target);
    const collection = plan === undefined ? undefined : mappingOf(plan.type).collection;
    if (objectId !== undefined && collection !== undefined) {
      if (needed) {
        this.objects.push({
          wave: place.wave,
          name: step.name,
          collection,
          ids: [objectId],
          select: read.query.select ?? ['id'],
        });
      } else this.addExistenceCheck(place, `${collection}/${objectId}`, step.name);
    } else if (needed) this.addRead(place, step, read, 1);
    else this.addExistenceCheck(place, read.resource, step.name);
    this.collectTarget(step.target, (type) =>
      step.known
        ? { ...place, address: address ?? place.address + read.resource, known: true }
        : this.behind(place, step.name, 1, type, place.wave + 1),
    );
  }

  private collectList(step: ListStep, place: Place, bound: BoundStep | undefined): void {
    if (bound?.kind !== 'list') return;
    const size = sizeOf(bound);
    for (const read of bound.reads) {
      this.addRead(place, step, read, size);
      if (read.keep !== undefined) this.addSieve(place, step, read, read.keep, size);
      this.collectTarget(step.target, (type) => this.behind(place, step.name, size, type, place.wave + 1));
    }
    for (const read of bound.counts) this.addRead(place, step, read, 1);
  }

  /** What tells which rows fit a comparison with what lies behind them, where Graph's answer does not. */
  private addSieve(place: Place, step: ListStep, read: BoundRead, keep: KeepRule, size: number): void {
    const next = { ...place, wave: place.wave + 1 };
    const isSent = (read.query.expand ?? []).some((each) => each.filter !== undefined);
    if (isSent)
      this.add(
        next,
        step.name,
        read.resource + readable(textOf(keep.unfiltered)),
        size,
        'no row of the first page fits',
      );
    else {
      const own = this.behind(place, step.name, size, step.field.target, next.wave);
      this.add(own, keep.navigation, readable(keep.own), 1);
    }
  }

  private collectReferences(
    entities: Readonly<Record<string, EntityPlan>>,
    references: readonly (Reference | Error)[],
    place: Place,
  ): void {
    const byKind = new Map<string, Reference[]>();
    for (const reference of references) {
      if (reference instanceof Error) continue;
      const kind = reference.owned === undefined ? reference.type : `${reference.type} ${reference.owned.ownerType}`;
      const known = byKind.get(kind);
      if (known === undefined) byKind.set(kind, [reference]);
      else known.push(reference);
    }
    for (const group of byKind.values()) this.collectGroup(entities, group, place);
  }

  private collectGroup(
    entities: Readonly<Record<string, EntityPlan>>,
    group: readonly Reference[],
    place: Place,
  ): void {
    const [first] = group;
    const entity = first === undefined ? undefined : entities[first.type];
    if (first === undefined || entity === undefined) return;
    const step = entity.steps[first.owned?.ownerType ?? first.type];
    if (step?.kind === 'one') {
      const isDirectory = isDirectoryType(first.owned?.ownerType ?? first.type);
      const ids = group.map(({ key, owned }) => owned?.ownerId ?? key);
      const plan = firstPlan(step.target);
      const collection = plan === undefined ? '' : (mappingOf(plan.type).collection ?? '');
      const isRead = first.owned === undefined || step.needed;
      if (isDirectory && isRead)
        this.objects.push({ wave: place.wave, name: step.name, collection, ids, select: step.query.select ?? ['id'] });
      else if (isRead)
        this.add(
          { ...place, count: ids.length, forEach: first.type },
          step.name,
          collection + `/{id}${readable(textOf(step.query))}`,
          1,
        );
      if (plan !== undefined) this.collectPlan(plan, knownPlace(place, collection, ids, step.name, plan.type));
      if (first.owned !== undefined)
        this.collectOwned(plan, group, knownPlace(place, collection, ids, step.name, plan?.type ?? ''));
    }
    if (step?.kind === 'list' && first.mapping.kind === 'listed') {
      for (const args of first.mapping.lists)
        this.add(
          place,
          step.name,
          (step.field.path ?? '').replace(/\{(\w+)\}/, (_, name: string) => args[name] ?? ''),
          assumedListSize,
        );
    }
    if (step?.kind === 'seats') this.addSeats();
  }

  private collectOwned(plan: ObjectPlan | undefined, group: readonly Reference[], place: Place): void {
    const inner = plan?.steps.find(
      (each) => each.kind === 'one' && each.uses.length === 0 && each.field.target === 'UsageRight',
    );
    if (inner?.kind !== 'one') return;
    const path = (inner.field.path ?? '') + readable(textOf(inner.query));
    this.add({ ...place, count: group.length, forEach: 'UsageRight' }, inner.name, path, 1);
  }

  addSeats(): void {
    if (this.calls.some((call) => call.name === 'Sku seats')) return;
    this.add(rootPlace, 'Sku seats', readable(seatsPath), assumedListSize);
  }

  addSharedAllotments(step: ListStep): void {
    const query = { ...step.query, top: step.sized ? 999 : undefined };
    const read: BoundRead = { resource: step.field.path ?? '', query, text: textOf(query), keep: undefined };
    this.addRead(rootPlace, step, read, assumedListSize);
    this.collectTarget(step.target, (type) => this.behind(rootPlace, step.name, assumedListSize, type, 2));
  }

  /** Reads of single directory objects, put together as the loader does. */
  objectCalls(): readonly DescribedCall[] {
    const waves = [...new Set(this.objects.map((each) => each.wave))];
    return waves.flatMap((wave) => {
      const here = this.objects.filter((each) => each.wave === wave);
      const { singles, combined } = combineObjectReads(here);
      const name = [...new Set(here.map((each) => each.name))].join(', ');
      const once = { wave, name, count: 1, forEach: undefined, onlyIf: undefined, learned: undefined };
      return [
        ...singles.map((read): DescribedCall => ({
          ...once,
          method: 'GET',
          path: `${read.collection}/${read.id}?$select=${read.select.join(',')}`,
          objects: 1,
        })),
        ...combined.map((each): DescribedCall => ({
          ...once,
          method: 'POST',
          path: `${each.path} (${each.body.ids.length} ids)`,
          objects: each.body.ids.length,
        })),
      ];
    });
  }
}

/** A step as it runs where no undocumented option is taken. */
function documentedWay(step: Step): Step {
  return step.kind === 'expand' && step.option !== undefined && step.otherwise !== undefined
    ? documentedWay(step.otherwise)
    : step;
}

function knownPlace(place: Place, collection: string, ids: readonly string[], name: string, type: string): Place {
  const [only] = ids;
  const isLone = ids.length === 1 && only !== undefined;
  return {
    ...place,
    address: isLone ? `${collection}/${only}` : `{${type}}`,
    count: place.count * ids.length,
    forEach: isLone ? place.forEach : name,
    known: true,
  };
}

/** The calls of a bound operation in the order of their waves, made the documented way. */
export function describeCalls(bound: BoundOperation): readonly DescribedCall[] {
  const collector = new CallCollector(bound);
  const { root, shared } = bound.compiled;
  collector.collectPlan(root, rootPlace);
  if (shared.leavesEarly.seats && shared.seats === 'apply') collector.addSeats();
  if (shared.leavesEarly.allotments && shared.allotments !== undefined)
    collector.addSharedAllotments(shared.allotments);
  return [...collector.calls, ...collector.objectCalls()].sort((a, b) => a.wave - b.wave);
}
