import { GraphQLError } from 'graphql';
import type { JsonObject } from '../mapping/mappingTypes.js';
import { printQuery } from '../planner/odata/printOData.js';
import type { Call, Plan, RelationPlan, TargetPlan, TypePlan } from '../planner/plan.js';
import { asError, objectOf } from './answers.js';
import type { Cursors } from './Cursors.js';
import type { Execution, PromiseOrValue } from './Execution.js';
import type { GraphReader } from './GraphReader.js';
import { readAsAllowed } from './readAsAllowed.js';
import { readExpanded } from './readExpanded.js';
import { readList } from './readList.js';
import { readObjects, readOne } from './readOne.js';
import { makeRow, type RelationResult, type Row } from './Row.js';
import { readAllotmentsOfSku, readSeats, readSku, readSkusWithSeats, sumSeats } from './skus.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';

const nothing: RelationResult = {
  kind: 'many',
  rows: [],
  positions: [],
  scope: { list: '', queries: [] },
  hasMore: false,
  hasPrevious: false,
  total: 0,
};

function followSource(execution: Execution, row: Row, relation: RelationPlan): PromiseOrValue<RelationResult> {
  const { source } = relation;
  switch (source.kind) {
    case 'expanded':
      return readExpanded(execution, row, relation, source);
    case 'call': {
      const [call] = source.calls;
      if (relation.cardinality === 'one' && call !== undefined) return readOne(execution, row, relation, call);
      return readList(execution, row, relation, source);
    }
    case 'objects':
      return readObjects(execution, row, relation, source);
    case 'sku':
      return readSku(execution, row, relation);
    case 'seats':
      return readSkusWithSeats(execution, row, relation, source.skuId);
    case 'skuAllotments':
      return readAllotmentsOfSku(execution, row, relation);
    case 'nothing':
      return nothing;
    case 'invalid':
      throw new GraphQLError(source.message, { extensions: { code: 'BAD_USER_INPUT', retryable: false } });
  }
}

/** An Error is a result like any other here: it nulls its own relation. */
function tryFollow(execution: Execution, row: Row, relation: RelationPlan): PromiseOrValue<RelationResult> {
  try {
    const followed = followSource(execution, row, relation);
    return followed instanceof Promise ? followed.catch(asError) : followed;
  } catch (error) {
    return asError(error);
  }
}

/**
 * Whether an expansion left out what is wanted: of a directory object anything, because no page says what comes without
 * `$select`; of others what no such object is without.
 */
function lacksProperties({ data, type }: Row, { properties, required, mayLackProperties }: TypePlan): boolean {
  if (!mayLackProperties) return false;
  return !(isDirectoryType(type) ? properties : required).every((property) => property in data);
}

async function readWhole(execution: Execution, row: Row, properties: readonly string[]): Promise<JsonObject> {
  const { collection } = mappingOf(row.type);
  if (collection === undefined || row.address === undefined || typeof row.data.id !== 'string') return {};
  if (isDirectoryType(row.type)) return (await execution.graph.readObject(collection, row.data.id, properties)) ?? {};
  return objectOf(await execution.graph.read(row.address + printQuery({ select: properties }), false));
}

async function completeData(execution: Execution, row: Row, { properties }: TypePlan): Promise<void> {
  try {
    row.data = { ...row.data, ...(await readWhole(execution, row, properties)) };
  } catch (error) {
    row.failure = asError(error);
  }
}

async function rereadData(execution: Execution, row: Row, reread: Call): Promise<void> {
  if (row.address === undefined) return;
  const { body } = await readAsAllowed(execution, row.address, reread);
  row.data = { ...objectOf(body), ...row.data };
}

/** Reads a row once more, for the relations that only its own path can expand. */
async function followLate(
  execution: Execution,
  row: Row,
  reread: Call,
  relations: readonly RelationPlan[],
): Promise<void> {
  await rereadData(execution, row, reread).catch(() => {
    // Each relation is then fetched by itself, and says by itself what is wrong.
    row.unexpanded = true;
  });
  await Promise.all(relations.map(async (relation) => execution.follow(row, relation)));
}

/** Whether a navigation that is never empty is missing: Graph has passed over the expansions without a word. */
function wasNotExpanded({ data }: Row, relations: readonly RelationPlan[]): boolean {
  return relations.some(
    ({ source }) =>
      source.kind === 'expanded' && source.in === 'row' && !source.nullable && data[source.navigation] === undefined,
  );
}

function settleRow(execution: Execution, row: Row, plan: TypePlan): Promise<void> | undefined {
  row.unexpanded ||= wasNotExpanded(row, plan.relations);
  const work: Promise<unknown>[] = [];
  const late: RelationPlan[] = [];
  for (const relation of plan.relations.filter(({ key }) => !row.relations.has(key))) {
    const { source } = relation;
    if (source.kind === 'expanded' && source.in === 'reread') late.push(relation);
    else {
      const followed = execution.follow(row, relation);
      if (followed instanceof Promise) work.push(followed);
    }
  }
  if (lacksProperties(row, plan)) work.push(completeData(execution, row, plan));
  if (plan.reread !== undefined && late.length > 0) work.push(followLate(execution, row, plan.reread, late));
  return work.length === 0 ? undefined : Promise.all(work).then(() => undefined);
}

/**
 * The list of all allotments is read without what lies behind it: an allotment leads to its SKU, and a SKU to its
 * allotments, so whoever waited for both would wait for itself.
 */
function withoutRelations(relation: RelationPlan): RelationPlan {
  const bare = Object.entries(relation.target).map(([type, plan]) => [type, { ...plan, relations: [] }] as const);
  return { ...relation, target: Object.fromEntries(bare) };
}

function makeExecution(plan: Plan, graph: GraphReader, cursors: Cursors, later: Promise<void>[]): Execution {
  const shared = new Set<Row>();
  let seats: Promise<ReadonlyMap<string, JsonObject>> | undefined;
  let skuAllotments: Promise<RelationResult> | undefined;
  const lookupRow = makeRow('Query', '', undefined);
  const execution: Execution = {
    plan,
    graph,
    cursors,
    follow(row, relation) {
      const keep = (result: RelationResult): RelationResult => {
        row.relations.set(relation.key, result);
        return result;
      };
      const followed = tryFollow(execution, row, relation);
      return followed instanceof Promise ? followed.then(keep) : keep(followed);
    },
    settle(row, target: TargetPlan) {
      const typePlan = target[row.type];
      return typePlan === undefined ? undefined : settleRow(execution, row, typePlan);
    },
    settleShared(row, target) {
      if (shared.has(row)) return;
      shared.add(row);
      const settled = execution.settle(row, target);
      if (settled !== undefined) later.push(settled);
    },
    seats: () => (seats ??= plan.seats === 'allotments' ? sumSeats(execution) : readSeats(graph)),
    skuAllotments: () =>
      (skuAllotments ??=
        plan.skuAllotments === undefined
          ? Promise.resolve(nothing)
          : Promise.resolve(execution.follow(lookupRow, withoutRelations(plan.skuAllotments)))),
  };
  return execution;
}

/**
 * Runs a plan. Everything that can leave at once leaves at once; what waits, waits for the answer it needs and for
 * nothing else. Never rejects: what fails is an Error at its own relation of the row that is returned.
 */
export async function executePlan(plan: Plan, graph: GraphReader, cursors: Cursors): Promise<Row> {
  const later: Promise<void>[] = [];
  const execution = makeExecution(plan, graph, cursors, later);
  const root = makeRow('Query', '', undefined);
  const lookups: Promise<unknown>[] = [];
  // A failure shows where the seats are used; here it is only kept from being unhandled.
  if (plan.seats !== undefined) lookups.push(execution.seats().catch(() => undefined));
  if (plan.skuAllotments !== undefined) lookups.push(execution.skuAllotments());
  await Promise.all([...plan.roots.map((relation) => execution.follow(root, relation)), ...lookups]);
  while (later.length > 0) await Promise.all(later.splice(0));
  return root;
}
