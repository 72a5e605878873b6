/** A plan as the list of the calls that it stands for: what `explain` prints and what the cost estimate counts. */
import { seatsApply } from '../mapping/graphPaths.js';
import { isDirectoryType } from '../mapping/schemaMapping.js';
import { combineObjectReads } from './passes/combineObjectReads.js';
import { printQuery } from './odata/printOData.js';
import type { Call, ExpandedSource, ObjectsSource, Plan, RelationPlan, TargetPlan, TypePlan } from './plan.js';

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
  /** When it is sent, if not in any case: an expansion that was cut off, say. No part of what a plan costs. */
  readonly onlyIf: string | undefined;
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

interface Collected {
  readonly calls: DescribedCall[];
  readonly objects: { readonly wave: number; readonly name: string; readonly source: ObjectsSource }[];
}

function sizeOf(relation: RelationPlan): number {
  if (relation.cardinality === 'one') return 1;
  return Number.isFinite(relation.wanted) ? relation.wanted : assumedListSize;
}

function described(place: Place, relation: RelationPlan, call: Call, size: number): DescribedCall {
  return {
    wave: place.wave,
    method: 'GET',
    path: place.address + call.resource + decodeURIComponentSafely(call.query),
    name: relation.name,
    count: place.count,
    objects: place.count * size,
    forEach: place.forEach,
    onlyIf: undefined,
  };
}

/** The read of an object whose relations alone were asked for: tells whether it exists, where one of them does not. */
function existenceCheck(place: Place, path: string, name: string): DescribedCall {
  return {
    wave: place.wave + 1,
    method: 'GET',
    path: `${path}?$select=id`,
    name,
    count: place.count,
    objects: place.count,
    forEach: place.forEach,
    onlyIf: 'Graph answers 404 to what was asked of it',
  };
}

/** What an expansion may leave open: the rest of a list that was cut off, properties that could not be selected. */
function completions(
  place: Place,
  relation: RelationPlan,
  source: ExpandedSource,
  wave: number,
): readonly DescribedCall[] {
  const { fallback, cap } = source;
  const rest =
    fallback === undefined || cap === undefined
      ? []
      : [
          {
            ...described({ ...place, wave }, relation, fallback, sizeOf(relation)),
            onlyIf: 'its expansion was cut off',
          },
        ];
  const lacking = Object.values(relation.target)
    .filter((type) => type.mayLackProperties && isDirectoryType(type.type) && type.properties.length > 1)
    .map(({ properties }): DescribedCall => ({
      wave,
      method: 'POST',
      path: `/directoryObjects/getByIds?$select=${properties.join(',')}`,
      name: relation.name,
      count: 1,
      objects: place.count * sizeOf(relation),
      forEach: undefined,
      onlyIf: 'it came without one of these',
    }));
  return [...rest, ...new Map(lacking.map((call) => [call.path, call])).values()];
}

/** Readable text for people; what is sent stays encoded. */
function decodeURIComponentSafely(query: string): string {
  return query.replace(/%20/g, ' ').replace(/%22/g, '"').replace(/%3A/g, ':');
}

function behind(place: Place, relation: RelationPlan, type: string, wave: number): Place {
  const size = sizeOf(relation);
  return { wave, address: `{${type}}`, count: place.count * size, forEach: relation.name, known: false };
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
      else {
        const paths = source.ids.map((id) => `${source.collection}/${id}`);
        collected.calls.push(...paths.map((path) => existenceCheck(place, path, relation.name)));
      }
      collectTarget(collected, relation.target, () => ({
        ...place,
        address: source.ids.length === 1 ? `${source.collection}/${source.ids[0] ?? ''}` : `{${source.type}}`,
        count: place.count * source.ids.length,
        forEach: source.ids.length === 1 ? place.forEach : relation.name,
        known: true,
      }));
      return;
    case 'expanded': {
      // Of an object that was listed the rows are there already; else they come with its own answer, or its second one.
      const wave = place.known || source.in === 'reread' ? place.wave + 1 : place.wave;
      collected.calls.push(...completions(place, relation, source, wave));
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
    const { known } = call;
    const path = place.address + call.resource;
    collected.calls.push(
      call.needed ? described(place, relation, call, size) : existenceCheck(place, path, relation.name),
    );
    collectTarget(collected, relation.target, (type) =>
      known ? { ...place, address: path, known } : behind(place, relation, type, place.wave + 1),
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
  const root: Place = { wave: 1, address: '', count: 1, forEach: undefined, known: true };
  for (const relation of plan.roots) collectRelation(collected, relation, root);
  if (plan.seats === 'apply') {
    const path = `/admin/cloudLicensing/allotments${decodeURIComponentSafely(printQuery({ apply: seatsApply }))}`;
    const once = { wave: 1, method: 'GET', name: 'Sku seats', count: 1, objects: assumedListSize } as const;
    collected.calls.push({ ...once, path, forEach: undefined, onlyIf: undefined });
  }
  if (plan.skuAllotments !== undefined) collectRelation(collected, plan.skuAllotments, root);
  return [...collected.calls, ...objectCalls(collected.objects)].sort((a, b) => a.wave - b.wave);
}
