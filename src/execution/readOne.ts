import type { JsonObject } from '../mapping/mappingTypes.js';
import { printQuery } from '../planner/odata/printOData.js';
import type { Call, ObjectsSource, RelationPlan, TypePlan } from '../planner/plan.js';
import { asError, badAnswer, isNotFound, objectOf } from './answers.js';
import type { Execution } from './Execution.js';
import { readAsAllowed } from './readAsAllowed.js';
import { makeRow, type OneResult, type RelationResult, type Row } from './Row.js';
import { canonicalAddress, ownedAddress, resourceOf, typeOf } from './rows.js';

const absent: OneResult = { kind: 'one', row: null, notFound: true };

function isIndependent(relation: RelationPlan): boolean {
  return relation.source.kind === 'call' || relation.source.kind === 'objects';
}

/** Reads an object that may not be there; undefined where Graph answers 404. */
async function readIfThere(read: () => Promise<unknown>): Promise<JsonObject | undefined> {
  try {
    const body = await read();
    return body === undefined ? undefined : objectOf(body);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function missedItsOwner(result: RelationResult): boolean {
  return result instanceof Error ? isNotFound(result) : result.kind === 'one' && result.notFound;
}

/**
 * An object whose address is known: its relations are followed while it is still being read. Where the object itself is
 * not read and a relation answers 404, one more read tells whether the object exists at all.
 */
async function readKnown(
  execution: Execution,
  row: Row,
  plan: TypePlan | undefined,
  read: (() => Promise<{ readonly data: JsonObject | undefined; readonly unexpanded: boolean }>) | undefined,
): Promise<Row | null> {
  const early = (plan?.relations ?? []).filter(isIndependent).map(async (relation) => execution.follow(row, relation));
  if (read !== undefined) {
    const { data, unexpanded } = await read();
    if (data === undefined) return null;
    row.data = data;
    row.unexpanded = unexpanded;
  }
  const results = await Promise.all(early);
  if (read === undefined && results.some(missedItsOwner)) {
    const found = await readIfThere(() => execution.graph.read(`${row.address ?? ''}?$select=id`, false));
    if (found === undefined) return null;
  }
  await execution.settle(row, plan === undefined ? {} : { [plan.type]: plan });
  return row;
}

/** The object that the parent was reached from, where that is what the relation leads to. */
function holderOf(parent: Row, { parentTypes }: Call): Row | undefined {
  const { parent: holder } = parent;
  return holder !== undefined && parentTypes.includes(holder.type) ? holder : undefined;
}

async function readHolder(execution: Execution, parent: Row, holder: Row, relation: RelationPlan): Promise<OneResult> {
  const plan = relation.target[holder.type];
  const row = makeRow(holder.type, holder.address, parent);
  if (holder.address !== undefined && plan !== undefined) {
    row.data = objectOf(await execution.graph.read(holder.address + printQuery({ select: plan.properties }), false));
  }
  await execution.settle(row, relation.target);
  return { kind: 'one', row, notFound: false };
}

/** An object whose address the arguments say. */
async function readNamed(
  execution: Execution,
  parent: Row,
  plan: TypePlan | undefined,
  call: Call,
): Promise<RelationResult> {
  const resource = resourceOf(parent, call);
  const row = makeRow(plan?.type ?? '', call.address ?? resource, parent);
  const read = async () => {
    let unexpanded = false;
    const data = await readIfThere(async () => {
      const answer = await readAsAllowed(execution, resource, call);
      unexpanded = !answer.expands;
      return answer.body;
    });
    return { data, unexpanded };
  };
  const found = await readKnown(execution, row, plan, call.needed ? read : undefined);
  return found === null ? absent : { kind: 'one', row: found, notFound: false };
}

/** Follows a relation to one object that has a call of its own. */
export async function readOne(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  call: Call,
): Promise<RelationResult> {
  const [plan] = Object.values(relation.target);
  if (call.known) return readNamed(execution, parent, plan, call);
  const holder = holderOf(parent, call);
  if (holder !== undefined) return readHolder(execution, parent, holder, relation);
  const resource = resourceOf(parent, call);
  const found = await readIfThere(async () => (await readAsAllowed(execution, resource, call)).body);
  if (found === undefined) return absent;
  const value = call.behind === undefined ? found : behindOf(found, call.behind);
  const type = typeOf(value, relation.target);
  const row = makeRow(type, await addressOf(execution, type, value, parent, relation, call), parent, value);
  await execution.settle(row, relation.target);
  return { kind: 'one', row, notFound: false };
}

function behindOf(data: JsonObject, navigation: string): JsonObject {
  const value = data[navigation];
  if (value === undefined || value === null) throw badAnswer('a relation that was asked for is missing');
  return objectOf(value);
}

async function addressOf(
  execution: Execution,
  type: string,
  value: JsonObject,
  parent: Row,
  relation: RelationPlan,
  call: Call,
): Promise<string | undefined> {
  if (call.ownedBy === undefined)
    return call.rows === 'within' ? resourceOf(parent, call) : canonicalAddress(type, value);
  const plan = relation.target[type];
  const needsAddress = plan !== undefined && (plan.relations.length > 0 || plan.reread !== undefined);
  if (needsAddress && parent.data[call.ownedBy] === undefined) await readOwner(execution, parent, call.ownedBy);
  return ownedAddress(parent, call.ownedBy, value);
}

/** Whoever owns what a row leads to, where an expansion should have said so and did not. */
async function readOwner(execution: Execution, parent: Row, ownedBy: string): Promise<void> {
  const path = `${parent.address ?? ''}/${ownedBy}${printQuery({ select: ['id'] })}`;
  parent.data = { ...parent.data, [ownedBy]: objectOf(await execution.graph.read(path, false)) };
}

/** Directory objects by ids from the arguments; one row for each, in order. */
export async function readObjects(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  source: ObjectsSource,
): Promise<RelationResult> {
  const plan = relation.target[source.type];
  const readById = (id: string): Promise<Row | null> => {
    const row = makeRow(source.type, `${source.collection}/${id}`, parent);
    const read = async () => ({
      data: await execution.graph.readObject(source.collection, id, source.select),
      unexpanded: false,
    });
    return readKnown(execution, row, plan, source.read ? read : undefined);
  };
  const distinct = new Map<string, Promise<Row | null>>();
  for (const id of source.ids) if (!distinct.has(id)) distinct.set(id, readById(id));
  try {
    const rows = await Promise.all(source.ids.map(async (id) => (await distinct.get(id)) ?? null));
    if (relation.cardinality === 'one') {
      const row = rows[0] ?? null;
      return row === null ? absent : { kind: 'one', row, notFound: false };
    }
    return {
      kind: 'many',
      rows,
      positions: rows.map((_, index) => ({ source: 0, page: '', index, eventual: false })),
      scope: { list: relation.scope, queries: [] },
      hasMore: false,
      hasPrevious: false,
      total: undefined,
    };
  } catch (error) {
    return asError(error);
  }
}
