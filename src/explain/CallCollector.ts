import type { BoundOperation, BoundRead, BoundStep, KeepRule } from '../bind/BoundOperation.js';
import { firstPlan } from '../compile/firstPlan.js';
import type { EntityStep, ExpandStep, ListStep, ObjectPlan, OneStep, Step, Target } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { maxPageSize } from '../mapping/graphPaths.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { objectIdIn } from '../odata/objectIdIn.js';
import type { ODataQuery } from '../odata/ODataQuery.js';
import { printGetByIds } from '../odata/printGetByIds.js';
import { printOnce } from '../odata/printOnce.js';
import { printQuery } from '../odata/printQuery.js';
import { seatsPath } from '../odata/seatsPath.js';
import { undocumentedOptionsOf, withUndocumentedOptions } from '../odata/undocumentedOptions.js';
import { collectReferences, type Collector } from './collectReferences.js';
import { countItems } from './countItems.js';
import {
  assumedListSize,
  LearnedRead,
  Read,
  readable,
  type DescribedCall,
  type LearnedCall,
  type ObjectsRead,
} from './DescribedCall.js';
import { knownPlace, rootPlace, type Place } from './Place.js';

/** The options of a read that wants an id and nothing else. */
const idAlone = printQuery({ select: ['id'] });

/** How many objects a step brings at the most; undefined where it has no page size. */
function sizeOf(bound: BoundStep | undefined): number | undefined {
  if (bound?.kind !== 'list') return 1;
  return Number.isFinite(bound.first) ? bound.first : undefined;
}

/** A step as it runs where no undocumented option is taken. */
function documentedWay(step: Step): Step {
  return step.kind === 'expand' && step.option !== undefined && step.otherwise !== undefined
    ? documentedWay(step.otherwise)
    : step;
}

/** Walks the plan of a bound operation and notes the calls of each step. */
export class CallCollector implements Collector {
  readonly calls: DescribedCall[] = [];
  readonly objects: ObjectsRead[] = [];
  /** Objects that the change at hand names. */
  private items = 0;
  private hasSeats = false;
  private hasSharedAllotments = false;

  constructor(private readonly bound: BoundOperation) {}

  collectTarget(target: Target, placeOf: (type: string) => Place): void {
    for (const plan of Object.values(target)) this.collectPlan(plan, placeOf(plan.type));
  }

  collectPlan(plan: ObjectPlan, place: Place): void {
    const rereads = new Set<ODataQuery>();
    for (const step of plan.steps) {
      const effective = documentedWay(step);
      if (effective.kind === 'expand' && effective.reread !== undefined) rereads.add(effective.reread);
      this.collectStep(step, place);
    }
    for (const query of rereads) this.add(place, `${plan.type} once more`, readable(printOnce(query)), 1);
  }

  add(
    place: Place,
    name: string,
    path: string | (() => string),
    size = assumedListSize,
    onlyIf?: string,
    learned?: LearnedCall,
  ): void {
    this.calls.push(new Read(place, name, path, size, onlyIf, learned));
  }

  private addRead(place: Place, step: Step, read: BoundRead, size?: number, onlyIf?: string): void {
    const { query, resource } = read;
    const options = undocumentedOptionsOf(query);
    const spares = (query.expand ?? []).filter((each) => each.option !== undefined).map((each) => each.navigation);
    const path = (): string =>
      resource + readable(printOnce(options.length === 0 ? query : withUndocumentedOptions(query, new Set())));
    const learned = options.length === 0 ? undefined : new LearnedRead(place, read, spares);
    this.add(place, step.name, path, size, onlyIf, learned);
  }

  /** The read of an object whose relations alone were asked for: tells whether it exists, where one of them does not. */
  private addExistenceCheck(place: Place, path: string, name: string): void {
    this.add({ ...place, wave: place.wave + 1 }, name, path + idAlone, 1, 'Graph answers 404 to what was asked of it');
  }

  /** The id of whoever is addressed by another name, with which the owner that an id names is compared. */
  private addOwnId(place: Place, name: string): void {
    if (!this.calls.some(({ path }) => path === place.address + idAlone)) this.add(place, name, idAlone, 1);
  }

  /** The place of objects behind a relation; `size` is undefined where nobody knows how many there are. */
  private behind(place: Place, name: string, size: number | undefined, type: string, wave: number): Place {
    return {
      wave,
      address: `{${type}}`,
      count: place.count * (size ?? assumedListSize),
      forEach: name,
      isAssumed: place.isAssumed || size === undefined,
      known: false,
    };
  }

  private collectStep(step: Step, place: Place): void {
    switch (step.kind) {
      case 'expand':
        this.collectExpand(step, place);
        return;
      case 'one':
        this.collectOne(step, place);
        return;
      case 'list':
        this.collectList(step, place);
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
        if (bound?.kind === 'references') collectReferences(this, step.entities, bound.references, place);
        return;
      }
      case 'resolve': {
        const bound = this.bound.steps[step.id];
        this.items = bound?.kind === 'arguments' ? countItems(bound.args) : 0;
        this.collectTarget(step.target, () => place);
        return;
      }
      case 'items':
        this.collectTarget(step.target, (type) => this.behind(place, step.name, this.items, type, place.wave));
        return;
      case 'entity':
        this.collectEntity(step, place);
        return;
      case 'sku':
      case 'seats':
      case 'skuAllotments':
      case 'containingSkus':
        return;
    }
  }

  /** What lies behind the objects that a change leaves; reading those is a part of the change. */
  private collectEntity({ entity, name, cardinality }: EntityStep, place: Place): void {
    const size = cardinality === 'one' ? 1 : undefined;
    for (const step of Object.values(entity.steps)) {
      if (step.kind !== 'one') continue;
      this.collectTarget(step.target, (type) => ({
        ...this.behind(place, name, size, type, place.wave + 1),
        known: true,
      }));
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
    this.collectCompletions(step, place, wave, size);
    this.collectTarget(step.target, (type) => this.behind(place, step.name, size, type, wave));
  }

  /** How the objects come another way, without what lies behind them. */
  private collectConditional(step: Step, place: Place, onlyIf: string): void {
    const bound = this.bound.steps[step.id];
    if (step.kind === 'expand' && step.reread !== undefined)
      this.add(place, step.name, readable(printOnce(step.reread)), 1, onlyIf);
    else if (bound?.kind === 'list')
      for (const read of bound.reads) this.addRead(place, step, read, sizeOf(bound), onlyIf);
    else if (bound?.kind === 'one') this.addRead(place, step, bound.read, 1, onlyIf);
  }

  /** Properties that could not be selected in an expansion. */
  private collectCompletions(step: ExpandStep, place: Place, wave: number, size = assumedListSize): void {
    const paths = Object.values(step.target).flatMap(({ type, select }) => {
      const wanted = select.filter((property) => property !== 'id' && !property.startsWith('@'));
      return isDirectoryType(type) && wanted.length > 0 ? [printGetByIds(selectList(['id', ...select]))] : [];
    });
    for (const path of new Set(paths)) {
      this.calls.push({
        wave,
        method: 'POST',
        path,
        name: step.name,
        count: 1,
        isAssumed: undefined,
        objects: place.count * size,
        forEach: undefined,
        onlyIf: 'it came without one of these',
        learned: undefined,
      });
    }
  }

  private collectOne(step: OneStep, place: Place): void {
    const bound = this.bound.steps[step.id];
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

  private collectList(step: ListStep, place: Place): void {
    const bound = this.bound.steps[step.id];
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
  private addSieve(place: Place, step: ListStep, read: BoundRead, keep: KeepRule, size: number | undefined): void {
    const next = { ...place, wave: place.wave + 1 };
    const isSent = (read.query.expand ?? []).some((each) => each.filter !== undefined);
    if (isSent)
      this.add(
        next,
        step.name,
        read.resource + readable(printOnce(keep.unfiltered)),
        size,
        'no row of the first page fits',
      );
    else {
      const own = this.behind(place, step.name, size, step.field.target, next.wave);
      this.add(own, keep.navigation, readable(keep.own), 1);
    }
  }

  /** Notes the calls that the operation is sure to make for the SKUs of all its places, unless a reference has. */
  addEarlyReads(): void {
    const { leavesEarly } = this.bound.compiled.shared;
    if (leavesEarly.seats) this.addSeats();
    if (leavesEarly.allotments) this.addSharedAllotments();
  }

  addSharedReads(): void {
    this.addSeats();
    this.addSharedAllotments();
  }

  private addSeats(): void {
    if (this.hasSeats || this.bound.compiled.shared.seats === 'allotments') return;
    this.hasSeats = true;
    this.add(rootPlace, 'Sku seats', readable(seatsPath));
  }

  private addSharedAllotments(): void {
    const step = this.bound.compiled.shared.allotments;
    if (this.hasSharedAllotments || step === undefined) return;
    this.hasSharedAllotments = true;
    const query = { ...step.query, top: step.sized ? maxPageSize : undefined };
    const read: BoundRead = { resource: step.field.path ?? '', query, keep: undefined };
    this.addRead(rootPlace, step, read);
    this.collectTarget(step.target, (type) => this.behind(rootPlace, step.name, undefined, type, 2));
  }
}
