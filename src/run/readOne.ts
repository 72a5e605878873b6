import type { BoundOne } from '../bind/BoundOperation.js';
import { firstPlan } from '../compile/firstPlan.js';
import type { OneStep, Target } from '../compile/plan.js';
import { sameId } from '../mapping/idKey.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { OwnedId } from '../mapping/ownedId.js';
import { mappingOf } from '../mapping/schemaMapping.js';
import { objectIdIn } from '../odata/objectIdIn.js';
import { printQuery } from '../odata/printQuery.js';
import { addressOf, canonicalAddress, hasType, ownedAddress } from './addresses.js';
import { Carried } from './Carried.js';
import { badAnswer, isNotFound } from './failures.js';
import { isObject, objectOf } from './objectOf.js';
import { readAllowedObject } from './readAllowed.js';
import { absent, none, Row, type OneResult, type PromiseOrValue, type StepResult } from './Row.js';
import { RowTypes } from './RowTypes.js';
import { boundOf, type Run } from './Run.js';
import { together } from './together.js';

/** An object that was read, and what came with it. */
interface Found {
  readonly data: JsonObject;
  readonly carried: Carried;
}

/** Whether a body says that nothing is at the other end: OData answers 204 there (OData protocol: requesting related entities). */
function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || (isObject(body) && body.value === null);
}

/**
 * Reads an object; undefined where Graph answers 404, or says that there is none. Behind an object that was shown already there
 * is something: a 404 does not say whose it is, and is raised.
 */
async function readObject(
  run: Run,
  parent: Row,
  { field, behind }: OneStep,
  { read, objectId }: BoundOne,
  collection: string | undefined,
): Promise<Found | undefined> {
  try {
    if (objectId !== undefined && collection !== undefined) {
      const data = await run.reader.readObject(collection, objectId, read.query.select ?? ['id']);
      return data === undefined ? undefined : { data, carried: Carried.nothing };
    }
    const { body, carried } = await readAllowedObject(run, addressOf(parent), read, behind !== undefined);
    return field.nullable && isEmpty(body) ? undefined : { data: objectOf(body), carried };
  } catch (error) {
    if (isNotFound(error) && behind === undefined) return undefined;
    throw error;
  }
}

/** The object at an address with its id; undefined where Graph answers 404. */
async function readId({ reader }: Run, address: string): Promise<JsonObject | undefined> {
  try {
    return objectOf(await reader.read(address + printQuery({ select: ['id'] })));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function missedItsOwner(result: StepResult | undefined): boolean {
  return result instanceof Error ? isNotFound(result) : result?.kind === 'one' && result.notFound;
}

/**
 * An object whose address is known: its relations are followed while it is still being read. Where the object itself is
 * not read and a relation answers 404, one more read tells whether the object exists at all.
 */
async function readKnown(run: Run, parent: Row, step: OneStep, bound: BoundOne): Promise<OneResult> {
  const plan = firstPlan(step.target);
  const collection = plan === undefined ? undefined : mappingOf(plan.type).collection;
  const own = bound.objectId === undefined || collection === undefined ? undefined : `${collection}/${bound.objectId}`;
  const address = bound.address ?? own ?? addressOf(parent) + bound.read.resource;
  const row = new Row(plan?.type ?? '', address, parent, bound.objectId === undefined ? {} : { id: bound.objectId });
  const steps = plan?.steps ?? [];
  // What the service does not expand comes by itself, and waits for nothing.
  const alone = steps.filter((each) => each.kind === 'expand' && run.learned.isRefused(each.option));
  const independent = together([
    run.settleRows([row], plan, Carried.nothing, 'independent'),
    ...alone.map((each) => run.runStep(each, [row], Carried.nothing)),
  ]);
  let carried = Carried.nothing;
  const isNeeded =
    bound.needed && !(step.onlyExpands && steps.every((each) => each.kind !== 'expand' || alone.includes(each)));
  if (isNeeded) {
    const found = await readObject(run, parent, step, bound, collection);
    if (found === undefined) return absent;
    row.data = found.data;
    carried = found.carried;
  }
  const rest =
    plan === undefined || alone.length === 0 ? plan : { ...plan, steps: steps.filter((each) => !alone.includes(each)) };
  const dependent = run.settleRows([row], rest, carried, 'dependent');
  const work = together([independent, dependent]);
  if (work !== undefined) await work;
  if (!isNeeded && steps.some(({ slot }) => missedItsOwner(row.resultOf(slot)))) {
    if ((await readId(run, address)) === undefined) return absent;
  }
  return row;
}

/** The object that the row was reached from, where that is what the relation leads to. */
function holderOf({ parent: holder }: Row, { field }: OneStep): Row | undefined {
  return holder !== undefined && field.parentTypes.includes(holder.type) ? holder : undefined;
}

async function readHolder(run: Run, parent: Row, holder: Row, target: Target): Promise<OneResult> {
  const plan = target[holder.type];
  const isRead = holder.address !== undefined && plan !== undefined;
  const data = isRead
    ? objectOf(
        await run.reader.read(
          addressOf(holder) + printQuery({ select: plan.select.length === 0 ? ['id'] : plan.select }),
        ),
      )
    : {};
  const row = new Row(holder.type, holder.address, parent, data);
  await run.settleTarget([row], target, Carried.nothing);
  return row;
}

function behindOf(data: JsonObject, navigation: string | undefined): JsonObject {
  if (navigation === undefined) return data;
  const value = data[navigation];
  if (value === undefined || value === null) throw badAnswer('a relation that was asked for is missing');
  return objectOf(value);
}

/** Whoever owns what a row leads to, where an expansion should have said so and did not. */
async function ownerIn(run: Run, parent: Row, ownedBy: string): Promise<unknown> {
  if (parent.data[ownedBy] !== undefined) return parent.data[ownedBy];
  return objectOf(await run.reader.read(`${addressOf(parent)}/${ownedBy}${printQuery({ select: ['id'] })}`));
}

async function addressFor(
  run: Run,
  parent: Row,
  { field, target }: OneStep,
  bound: BoundOne,
  type: string,
  data: JsonObject,
): Promise<string | undefined> {
  if (field.ownedBy === undefined)
    return field.rows === 'within' ? addressOf(parent) + bound.read.resource : canonicalAddress(type, data);
  const isNeeded = (target[type]?.steps.length ?? 0) > 0;
  return isNeeded ? ownedAddress(await ownerIn(run, parent, field.ownedBy), data) : undefined;
}

async function readUnknown(run: Run, parent: Row, step: OneStep, bound: BoundOne): Promise<OneResult> {
  const holder = holderOf(parent, step);
  if (holder !== undefined) return readHolder(run, parent, holder, step.target);
  const found = await readObject(run, parent, step, bound, undefined);
  if (found === undefined) return absent;
  const data = behindOf(found.data, step.behind);
  if (!hasType(data, step.field.onlyType)) return none;
  const { type } = RowTypes.of(step.target).typeOf(data);
  const row = new Row(type, await addressFor(run, parent, step, bound, type, data), parent, data);
  await run.settleTarget([row], step.target, step.behind === undefined ? found.carried : Carried.nothing);
  return row;
}

/** Follows a step to one object, with values that were bound for it. */
export function readOneWith(run: Run, step: OneStep, parent: Row, bound: BoundOne): PromiseOrValue<OneResult> {
  const { address } = parent;
  const { owner } = bound;
  if (owner === undefined || address === undefined) return readBound(run, step, parent, bound);
  const ownId = objectIdIn(address);
  if (ownId === undefined) return readIfOwned(run, step, parent, bound, owner);
  return ownId === owner.ownerId ? readBound(run, step, parent, bound) : absent;
}

function readBound(run: Run, step: OneStep, parent: Row, bound: BoundOne): Promise<OneResult> {
  return step.known ? readKnown(run, parent, step, bound) : readUnknown(run, parent, step, bound);
}

/** The same under whoever is addressed by another name (`/me`, a sign-in name): its id is asked for in the same wave. */
async function readIfOwned(
  run: Run,
  step: OneStep,
  parent: Row,
  bound: BoundOne,
  { ownerId }: OwnedId,
): Promise<OneResult> {
  const [holder, result] = await Promise.all([readId(run, addressOf(parent)), readBound(run, step, parent, bound)]);
  if (holder === undefined) return result;
  return sameId(holder.id, ownerId) ? result : absent;
}

/** Follows a step to one object that has a read of its own. */
export function readOne(run: Run, step: OneStep, parent: Row): PromiseOrValue<StepResult> {
  const bound = boundOf(run, step.id, 'one');
  return bound === undefined ? absent : readOneWith(run, step, parent, bound);
}
