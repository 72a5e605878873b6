import { GraphQLError } from 'graphql';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { Plan, RelationPlan, TargetPlan, TypePlan } from '../planner/plan.js';
import { asError } from './answers.js';
import type { Cursors } from './Cursors.js';
import type { Execution } from './Execution.js';
import type { GraphReader } from './GraphReader.js';
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

async function followSource(execution: Execution, row: Row, relation: RelationPlan): Promise<RelationResult> {
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

/** Asks by id for properties that an expansion without `$select` did not bring. */
async function completeData(execution: Execution, row: Row, plan: TypePlan): Promise<void> {
  const { collection } = mappingOf(row.type);
  const isComplete = plan.properties.every((property) => property in row.data);
  if (isComplete || !isDirectoryType(row.type) || collection === undefined || typeof row.data.id !== 'string') return;
  try {
    const whole = await execution.graph.readObject(collection, row.data.id, plan.properties);
    row.data = { ...row.data, ...whole };
  } catch (error) {
    row.failure = asError(error);
  }
}

async function rereadData(execution: Execution, row: Row, reread: NonNullable<TypePlan['reread']>): Promise<void> {
  if (row.address === undefined) return;
  const body = await execution.graph.read(row.address + reread.query, false);
  row.data = { ...(body as JsonObject), ...row.data };
}

function needsData(relation: RelationPlan, from: 'row' | 'reread'): boolean {
  const { source } = relation;
  return source.kind === 'expanded' && source.in === from;
}

async function settleRow(execution: Execution, row: Row, plan: TypePlan): Promise<void> {
  const open = plan.relations.filter((relation) => !row.relations.has(relation.key));
  const work: Promise<unknown>[] = open
    .filter((relation) => !needsData(relation, 'reread'))
    .map((relation) => execution.follow(row, relation));
  if (plan.mayLackProperties) work.push(completeData(execution, row, plan));
  const late = open.filter((relation) => needsData(relation, 'reread'));
  if (plan.reread !== undefined && late.length > 0) {
    const reread = rereadData(execution, row, plan.reread).catch(() => {
      // Each relation is then fetched by itself, and says by itself what is wrong.
      row.unexpanded = true;
    });
    work.push(reread.then(() => Promise.all(late.map((relation) => execution.follow(row, relation)))));
  }
  await Promise.all(work);
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
    async follow(row, relation) {
      const result = await followSource(execution, row, relation).catch(asError);
      row.relations.set(relation.key, result);
      return result;
    },
    async settle(row, target: TargetPlan) {
      const typePlan = target[row.type];
      if (typePlan === undefined || (typePlan.relations.length === 0 && !typePlan.mayLackProperties)) return;
      await settleRow(execution, row, typePlan);
    },
    settleShared(row, target) {
      if (shared.has(row)) return;
      shared.add(row);
      later.push(execution.settle(row, target));
    },
    seats: () => (seats ??= plan.seats === 'allotments' ? sumSeats(execution) : readSeats(graph)),
    skuAllotments: () =>
      (skuAllotments ??=
        plan.skuAllotments === undefined
          ? Promise.resolve(nothing)
          : execution.follow(lookupRow, withoutRelations(plan.skuAllotments))),
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
