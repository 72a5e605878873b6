import { resolved, withoutPath } from './fields.js';

/** Changes: each field is a resolver, its payload is read like every other object. */
export const Mutation = withoutPath({
  createAssignment: resolved('CreateAssignmentPayload'),
  updateAssignment: resolved('UpdateAssignmentPayload'),
  deleteAssignment: resolved('DeleteAssignmentPayload'),
  reprocessAssignments: resolved('ReprocessAssignmentsPayload'),
  updateLicenseUsage: resolved('UpdateLicenseUsagePayload'),
  assignLicenses: resolved('AssignLicensesPayload'),
  removeLicenses: resolved('RemoveLicensesPayload'),
  removeAssignments: resolved('RemoveAssignmentsPayload'),
  swapLicenses: resolved('SwapLicensesPayload'),
});
