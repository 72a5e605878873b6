import type { GraphOperation } from '../../graph/GraphOperation.js';
import {
  createRequests,
  deleteRequests,
  reprocessRequest,
  updateRequests,
  type Assignee,
} from '../../writes/assignmentRequests.js';
import type { FieldCalls, GraphCall } from './listFieldCalls.js';

/** Stands for any id; fit for a path, and found again in it. */
const anyId = 'ANY-ID';
const kinds: readonly Assignee['kind'][] = ['user', 'group', 'device'];

function describeCall({ method, path }: Pick<GraphOperation, 'method' | 'path'>): GraphCall {
  return { method, path: path.replaceAll(anyId, '{id}') };
}

/** The same change by every path it can take, for every kind of assignee. */
function callsFor(requests: (assignee: Assignee) => readonly GraphOperation[]): readonly GraphCall[] {
  const calls = kinds.flatMap((kind) => requests({ kind, id: anyId }).map(describeCall));
  return [...new Map(calls.map((call) => [call.path, call])).values()];
}

const addressOf = (assignee: Assignee) => ({ id: anyId, allotmentId: anyId, assignee });

const creating = callsFor((assignee) => createRequests('', anyId, assignee, []));
const updating = callsFor((assignee) => updateRequests(addressOf(assignee), [], undefined));
const deleting = callsFor((assignee) => deleteRequests(addressOf(assignee), undefined));

/** Every mutation with the calls that write; one of them being allowed is enough. */
export const mutationCalls: readonly FieldCalls[] = [
  { field: 'Mutation.createAssignment', calls: creating },
  { field: 'Mutation.assignLicenses', calls: creating },
  { field: 'Mutation.updateAssignment', calls: updating },
  { field: 'Mutation.deleteAssignment', calls: deleting },
  { field: 'Mutation.removeLicenses', calls: deleting },
  { field: 'Mutation.removeAssignments', calls: deleting },
  { field: 'Mutation.swapLicenses', calls: [...creating, ...deleting] },
  { field: 'Mutation.reprocessAssignments', calls: [describeCall(reprocessRequest(anyId))] },
  { field: 'Mutation.updateLicenseUsage', calls: [{ method: 'PATCH', path: '/reports/azureADLicenseUsage/{id}' }] },
];
