import { OperationTypeNode, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { at } from '../mapping/graphPaths.js';
import { list } from '../mapping/fields.js';
import { plainArrival } from './Arrival.js';
import { chooseStep } from './chooseStep.js';
import { Compilation } from './Compilation.js';
import type { CompileLimits } from './CompileLimits.js';
import { rootRelation, type OperationDraft, type TypeDraft } from './Draft.js';
import type { FieldArguments } from './FieldArguments.js';
import { OperationDrafting } from './OperationDrafting.js';
import type { CompiledOperation, ListStep, SharedPlan } from './plan.js';
import { Planning } from './Planning.js';
import { planList } from './planRead.js';

const allotments = list('Allotment', at('/admin/cloudLicensing/allotments'));

/** What the seats of a SKU are added up from. */
const seatProperties = ['skuId', 'skuPartNumber', 'allottedUnits', 'consumedUnits'];

function planAllotments(planning: Planning, draft: TypeDraft): ListStep {
  // It tells one that comes again on a later page, so that its seats count once.
  draft.joins.add('id');
  const relation = rootRelation('Sku', 'allotments', allotments, draft);
  return { ...planList(planning, relation, 'Query'), sized: true };
}

function planShared(planning: Planning, operation: OperationDraft): SharedPlan {
  const { leavesEarly, referencesWantAllotments, allotments: draft } = operation;
  if (draft === undefined) return { seats: 'apply', allotments: undefined, leavesEarly: { ...leavesEarly } };
  // The list tells the seats too where it is read whenever they are, so the call for them is saved: both are sure to be
  // wanted, or by references alone. Where those want the seats alone, the list does not hold what they are added up from.
  const areWantedTogether = leavesEarly.allotments ? leavesEarly.seats : referencesWantAllotments && !leavesEarly.seats;
  const seats = areWantedTogether ? 'allotments' : 'apply';
  if (seats === 'allotments') for (const property of seatProperties) draft.joins.add(property);
  return { seats, allotments: planAllotments(planning, draft), leavesEarly: { ...leavesEarly } };
}

/**
 * Compiles one operation of a validated document: pure, linear in what the operation selects, and good for all variables
 * that meet its conditions.
 *
 * @param given by the request at hand
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: FieldArguments,
  limits: CompileLimits,
): CompiledOperation {
  const rootType = schema.getRootType(operation.operation);
  if (rootType === undefined || rootType === null || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new Error(`The schema has no ${operation.operation}.`);
  }
  const compilation = new Compilation(schema, document, given);
  const drafting = new OperationDrafting(compilation, rootType);
  const out = drafting.addFields({ draft: drafting.operation.root, parents: [] }, [operation.selectionSet]);
  const planning = new Planning(drafting.operation, limits, chooseStep);
  const root = planning.planType(drafting.operation.root, plainArrival(true));
  const shared = planShared(planning, drafting.operation);
  return {
    operation,
    root,
    out,
    shared,
    uses: compilation.uses,
    steps: planning.steps,
    conditions: compilation.conditions,
    introspection: drafting.introspection,
  };
}
