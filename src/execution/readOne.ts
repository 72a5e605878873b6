import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Call, ObjectsSource, RelationPlan, TypePlan } from '../planner/plan.js';
import { asError, isNotFound, isRefused, objectOf } from './answers.js';
import type { Execution } from './Execution.js';
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

/** Reads a call, and again without `$expand` where Graph refuses it; the flag says which of the two it was. */
async function readExpanding(
  execution: Execution,
  address: string,
  call: Call,
): Promise<{ readonly body: unknown; readonly unexpanded: boolean }> {
  try {
    return { body: await execution.graph.read(address + call.query, call.eventual), unexpanded: false };
  } catch (error) {
    if (call.plainQuery === undefined || !isRefused(error)) throw error;
    return { body: await execution.graph.read(address + call.plainQuery, call.eventual), unexpanded: true };
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

/** Follows a relation to one object that has a call of its own. */
export async function readOne(
  execution: Execution,
  parent: Row,
  relation: RelationPlan,
  call: Call,
): Promise<RelationResult> {
  const address = resourceOf(parent, call);
  const [plan] = Object.values(relation.target);
  if (call.known) {
    const row = makeRow(plan?.type ?? '', address, parent);
    const read = async () => {
      let unexpanded = false;
      const data = await readIfThere(async () => {
        const answer = await readExpanding(execution, address, call);
        unexpanded = answer.unexpanded;
        return answer.body;
      });
      return { data, unexpanded };
    };
    const found = await readKnown(execution, row, plan, call.needed ? read : undefined);
    return found === null ? absent : { kind: 'one', row: found, notFound: false };
  }
  const data = await readIfThere(async () => execution.graph.read(address + call.query, call.eventual));
  const value = call.through === undefined ? data : throughOf(data, call.through);
  if (value === undefined) return absent;
  const type = typeOf(value, relation.target);
  const row = makeRow(type, addressOf(type, value, parent, call, address), parent, value);
  await execution.settle(row, relation.target);
  return { kind: 'one', row, notFound: false };
}

function addressOf(type: string, value: JsonObject, parent: Row, call: Call, read: string): string | undefined {
  if (call.ownedBy !== undefined) return ownedAddress(parent, call.ownedBy, value) ?? read;
  return call.rows === 'within' ? read : canonicalAddress(type, value);
}

function throughOf(data: JsonObject | undefined, navigation: string): JsonObject | undefined {
  const value = data?.[navigation];
  return value === null || value === undefined ? undefined : objectOf(value);
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
      positions: rows.map((_, index) => ({ source: 0, page: '', index })),
      scope: { list: relation.scope, queries: [] },
      hasMore: false,
      hasPrevious: false,
      total: undefined,
    };
  } catch (error) {
    return asError(error);
  }
}
