/** A plan as the list of the calls that it stands for: what `explain` prints and what the cost estimate counts. */
import { seatsApply } from '../mapping/graphPaths.js';
import { combineObjectReads } from './passes/combineObjectReads.js';
import { printQuery } from './odata/printOData.js';
import type { Call, ObjectsSource, Plan, RelationPlan, TargetPlan, TypePlan } from './plan.js';

/** One kind of call of a plan. */
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
  /** What it is sent for, where not at all costs: an expansion that was cut off. */
  readonly onlyIf: string | undefined;
}

/** A list without a page size is reckoned with this many objects. */
const assumedListSize = 10;

interface Place {
  readonly wave: number;
  readonly address: string;
  readonly count: number;
  readonly forEach: string | undefined;
}

interface Collected {
  readonly calls: DescribedCall[];
  readonly objects: { readonly wave: number; readonly name: string; readonly source: ObjectsSource }[];
}

function sizeOf(relation: RelationPlan): number {
  if (relation.cardinality === 'one') return 1;
  return Number.isFinite(relation.wanted) ? relation.wanted : assumedListSize;
}

function described(place: Place, relation: RelationPlan, call: Call, size: number, onlyIf?: string): DescribedCall {
  return {
    wave: place.wave,
    method: 'GET',
    path: place.address + call.resource + decodeURIComponentSafely(call.query),
    name: relation.name,
    count: place.count,
    objects: place.count * size,
    forEach: place.forEach,
    onlyIf,
  };
}

/** Readable text for people; what is sent stays encoded. */
function decodeURIComponentSafely(query: string): string {
  return query.replace(/%20/g, ' ').replace(/%22/g, '"').replace(/%3A/g, ':');
}

function behind(place: Place, relation: RelationPlan, type: string, wave: number): Place {
  const size = sizeOf(relation);
  return { wave, address: `{${type}}`, count: place.count * size, forEach: relation.name };
}

function collectTarget(collected: Collected, target: TargetPlan, placeOf: (type: string) => Place): void {
  for (const plan of Object.values(target)) collectType(collected, plan, placeOf(plan.type));
}

function collectType(collected: Collected, plan: TypePlan, place: Place): void {
  if (plan.reread !== undefined) {
    const path = place.address + decodeURIComponentSafely(plan.reread.query);
    const { wave, count, forEach } = place;
    const name = `${plan.type} once more`;
    collected.calls.push({ wave, method: 'GET', path, name, count, objects: count, forEach, onlyIf: undefined });
  }
  for (const relation of plan.relations) collectRelation(collected, relation, place);
}

function collectRelation(collected: Collected, relation: RelationPlan, place: Place): void {
  const { source } = relation;
  switch (source.kind) {
    case 'call':
      collectCall(collected, relation, place, source.calls, source.countCalls);
      return;
    case 'objects':
      if (source.read) collected.objects.push({ wave: place.wave, name: relation.name, source });
      collectTarget(collected, relation.target, () => ({
        ...place,
        address: source.ids.length === 1 ? `${source.collection}/${source.ids[0] ?? ''}` : `{${source.type}}`,
        count: place.count * source.ids.length,
        forEach: source.ids.length === 1 ? place.forEach : relation.name,
      }));
      return;
    case 'expanded': {
      // The rows are there one wave after their parents were asked for, which is when a second read would leave.
      const wave = source.in === 'reread' ? place.wave + 1 : place.wave;
      collectTarget(collected, relation.target, (type) => behind(place, relation, type, wave));
      return;
    }
    case 'sku':
    case 'seats':
    case 'skuAllotments':
    case 'nothing':
    case 'invalid':
      return;
  }
}

function collectCall(
  collected: Collected,
  relation: RelationPlan,
  place: Place,
  calls: readonly Call[],
  countCalls: readonly Call[],
): void {
  const size = sizeOf(relation);
  for (const call of calls) {
    if (call.needed) collected.calls.push(described(place, relation, call, size));
    const { known } = call;
    collectTarget(collected, relation.target, (type) =>
      known ? { ...place, address: place.address + call.resource } : behind(place, relation, type, place.wave + 1),
    );
  }
  for (const call of countCalls) collected.calls.push(described(place, relation, call, 1));
}

function objectCalls(objects: Collected['objects']): readonly DescribedCall[] {
  const waves = [...new Set(objects.map((each) => each.wave))];
  return waves.flatMap((wave) => {
    const here = objects.filter((each) => each.wave === wave);
    const reads = here.flatMap(({ source }) =>
      source.ids.map((id) => ({ collection: source.collection, id, select: source.select })),
    );
    const { singles, combined } = combineObjectReads(reads);
    const name = [...new Set(here.map((each) => each.name))].join(', ');
    const once = { wave, name, count: 1, forEach: undefined, onlyIf: undefined };
    const paths = [...new Set(singles.map((read) => `${read.collection}/${read.id}?$select=${read.select.join(',')}`))];
    return [
      ...paths.map((path): DescribedCall => ({ ...once, method: 'GET', path, objects: 1 })),
      ...combined.map((each): DescribedCall => ({
        ...once,
        method: 'POST',
        path: `${each.path} (${each.body.ids.length} ids)`,
        objects: each.body.ids.length,
      })),
    ];
  });
}

/** The calls of a plan in the order of their waves. */
export function describeCalls(plan: Plan): readonly DescribedCall[] {
  const collected: Collected = { calls: [], objects: [] };
  const root: Place = { wave: 1, address: '', count: 1, forEach: undefined };
  for (const relation of plan.roots) collectRelation(collected, relation, root);
  if (plan.seats) {
    const path = `/admin/cloudLicensing/allotments${decodeURIComponentSafely(printQuery({ apply: seatsApply }))}`;
    const once = { wave: 1, method: 'GET', name: 'Sku seats', count: 1, objects: assumedListSize } as const;
    collected.calls.push({ ...once, path, forEach: undefined, onlyIf: undefined });
  }
  if (plan.skuAllotments !== undefined) collectRelation(collected, plan.skuAllotments, root);
  return [...collected.calls, ...objectCalls(collected.objects)].sort((a, b) => a.wave - b.wave);
}
