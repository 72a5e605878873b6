import type { Call, Outcome, Wish } from '../model/checkHistory.js';
import type { Answer } from './openReplicas.js';

/** What a client does in one request. */
export type Step =
  | Exclude<Wish, { kind: 'swap' | 'remove' }>
  | { readonly kind: 'removeLicenses'; readonly allotmentId: string; readonly assigneeIds: readonly string[] }
  | {
      readonly kind: 'assignLicenses';
      readonly allotmentId: string;
      readonly assigneeIds: readonly string[];
      readonly disabledPlans: readonly string[];
    }
  | { readonly kind: 'removeAssignments'; readonly ids: readonly string[] }
  | (Omit<Extract<Wish, { kind: 'swap' }>, 'kind' | 'assigneeId'> & {
      readonly kind: 'swapLicenses';
      readonly assigneeIds: readonly string[];
    });

const shown = 'outcome userErrors { code message }';
const assignment = 'assignment { id disabledServicePlanIds }';

const documents: Readonly<Record<Step['kind'], string>> = {
  create: `mutation ($input: CreateAssignmentInput!) { done: createAssignment(input: $input) { ${shown} operationId ${assignment} } }`,
  update: `mutation ($input: UpdateAssignmentInput!) { done: updateAssignment(input: $input) { ${shown} operationId ${assignment} } }`,
  delete: `mutation ($input: DeleteAssignmentInput!) { done: deleteAssignment(input: $input) { ${shown} operationId ${assignment} } }`,
  assignLicenses: `mutation ($input: AssignLicensesInput!) { done: assignLicenses(input: $input) {
    operationId results { assigneeId ${shown} ${assignment} } totals { outcome count } } }`,
  swapLicenses: `mutation ($input: SwapLicensesInput!) { done: swapLicenses(input: $input) {
    operationId results { assigneeId ${shown} ${assignment} } totals { outcome count } } }`,
  removeLicenses: `mutation ($input: RemoveLicensesInput!) { done: removeLicenses(input: $input) {
    operationId results { assigneeId ${shown} } totals { outcome count } } }`,
  removeAssignments: `mutation ($input: RemoveAssignmentsInput!) { done: removeAssignments(input: $input) {
    operationId results { id ${shown} } totals { outcome count } } }`,
};

/** Which of the three kinds an object id belongs to. */
export type KindOf = (id: string) => 'userId' | 'groupId' | 'deviceId';

/** The request of a step. */
export function requestOf(step: Step, kindOf: KindOf): { readonly query: string; readonly input: object } {
  return { query: documents[step.kind], input: inputOf(step, kindOf) };
}

function inputOf(step: Step, kindOf: KindOf): object {
  switch (step.kind) {
    case 'create':
      return {
        allotmentId: step.allotmentId,
        assignedTo: { [kindOf(step.assigneeId)]: step.assigneeId },
        disabledServicePlanIds: step.disabledPlans,
      };
    case 'update':
      return { id: step.assignmentId, disabledServicePlanIds: step.disabledPlans };
    case 'delete':
      return { id: step.assignmentId };
    case 'assignLicenses':
      return {
        allotmentId: step.allotmentId,
        assigneeIds: step.assigneeIds,
        disabledServicePlanIds: step.disabledPlans,
      };
    case 'swapLicenses': {
      const { fromAllotmentId, toAllotmentId, assigneeIds, disabledPlans } = step;
      return { fromAllotmentId, toAllotmentId, assigneeIds, disabledServicePlanIds: disabledPlans };
    }
    case 'removeLicenses':
      return { allotmentId: step.allotmentId, assigneeIds: step.assigneeIds };
    case 'removeAssignments':
      return { ids: step.ids };
  }
}

/** The single things that a step asks for. */
export function wishesOf(step: Step): readonly Wish[] {
  switch (step.kind) {
    case 'create':
    case 'update':
    case 'delete':
      return [step];
    case 'assignLicenses':
      return step.assigneeIds.map((assigneeId) => ({
        kind: 'create',
        allotmentId: step.allotmentId,
        assigneeId,
        disabledPlans: step.disabledPlans,
      }));
    case 'swapLicenses': {
      const { assigneeIds, kind: _kind, ...swap } = step;
      return assigneeIds.map((assigneeId) => ({ ...swap, kind: 'swap', assigneeId }));
    }
    case 'removeLicenses':
      return step.assigneeIds.map((assigneeId) => ({ kind: 'remove', allotmentId: step.allotmentId, assigneeId }));
    case 'removeAssignments':
      return step.ids.map((assignmentId) => ({ kind: 'delete', assignmentId }));
  }
}

interface Told {
  readonly outcome: Outcome;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  readonly assignment?: { readonly id: string; readonly disabledServicePlanIds: readonly string[] } | null;
}

/** What became of each single thing, as the gateway told it; a request that failed as a whole rejected all of them. */
export function readTold(
  step: Step,
  { data, errors }: Answer,
): readonly Pick<Call, 'outcome' | 'errors' | 'assignment'>[] {
  const done = (data as { done?: (Told & { results?: readonly Told[] }) | null } | null)?.done;
  if (done === undefined || done === null) {
    const codes = errors.map(({ extensions }) => String(extensions.code));
    return wishesOf(step).map(() => ({ outcome: 'REJECTED', errors: codes, assignment: undefined }));
  }
  return (done.results ?? [done]).map((told) => ({
    outcome: told.outcome,
    errors: told.userErrors.map(({ code }) => code),
    assignment: told.assignment
      ? { id: told.assignment.id, disabledPlans: told.assignment.disabledServicePlanIds }
      : undefined,
  }));
}
