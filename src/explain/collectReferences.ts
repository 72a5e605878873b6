import type { Reference } from '../bind/BoundOperation.js';
import { firstPlan } from '../compile/firstPlan.js';
import { ownedStepOf } from '../compile/ownedStepOf.js';
import type { EntityPlan, ObjectPlan } from '../compile/plan.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { fillPath } from '../odata/fillPath.js';
import { printOnce } from '../odata/printOnce.js';
import { readable, type ObjectsRead } from './DescribedCall.js';
import { knownPlace, type Place } from './Place.js';

/** What notes the calls of an operation. */
export interface Collector {
  /** Reads of single directory objects, which leave together. */
  readonly objects: ObjectsRead[];
  /** Notes a call; without a size that of a list whose length nobody knows. */
  add(place: Place, name: string, path: string | (() => string), size?: number): void;
  /** Notes the calls that references to SKUs share, each once. */
  addSharedReads(): void;
  /** Notes the calls of all that lies behind objects. */
  collectPlan(plan: ObjectPlan, place: Place): void;
}

/** The calls that references stand for: what is of one kind is read together. */
export function collectReferences(
  collector: Collector,
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
  for (const group of byKind.values()) collectGroup(collector, entities, group, place);
}

function collectGroup(
  collector: Collector,
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
    // References are told apart where they are bound, but several objects may have one owner.
    const ids =
      first.owned === undefined
        ? group.map(({ key }) => key)
        : [...new Set(group.map(({ key, owned }) => owned?.ownerId ?? key))];
    const plan = firstPlan(step.target);
    const collection = plan === undefined ? '' : (mappingOf(plan.type).collection ?? '');
    const isRead = first.owned === undefined || step.needed;
    if (isDirectory && isRead)
      collector.objects.push({
        wave: place.wave,
        name: step.name,
        collection,
        ids,
        select: step.query.select ?? ['id'],
      });
    else if (isRead)
      collector.add(
        { ...place, count: ids.length, forEach: first.type },
        step.name,
        collection + `/{id}${readable(printOnce(step.query))}`,
        1,
      );
    if (plan !== undefined) collector.collectPlan(plan, knownPlace(place, collection, ids, step.name, plan.type));
    if (first.owned !== undefined)
      collectOwned(collector, plan, group, knownPlace(place, collection, ids, step.name, plan?.type ?? ''));
  }
  if (step?.kind === 'list' && first.mapping.kind === 'listed') {
    for (const args of first.mapping.lists) collector.add(place, step.name, fillPath(step.field.path ?? '', args));
  }
  if (step?.kind === 'seats') collector.addSharedReads();
}

function collectOwned(
  collector: Collector,
  plan: ObjectPlan | undefined,
  group: readonly Reference[],
  place: Place,
): void {
  const inner = plan === undefined ? undefined : ownedStepOf(plan);
  if (inner === undefined) return;
  const path = (inner.field.path ?? '') + readable(printOnce(inner.query));
  const read = { ...place, count: group.length, forEach: 'UsageRight' };
  collector.add(read, inner.name, path, 1);
  const own = firstPlan(inner.target);
  if (own !== undefined) collector.collectPlan(own, { ...read, address: `{${own.type}}`, known: true });
}
