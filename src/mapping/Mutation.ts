import { resolved } from './fields.js';
import type { TypeMapping } from './mappingTypes.js';

/** Changes: each field is a resolver, its payload is read like every other object. */
export const Mutation: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: {
    createAssignment: resolved('CreateAssignmentPayload'),
    updateAssignment: resolved('UpdateAssignmentPayload'),
    deleteAssignment: resolved('DeleteAssignmentPayload'),
    reprocessAssignments: resolved('ReprocessAssignmentsPayload'),
    updateLicenseUsage: resolved('UpdateLicenseUsagePayload'),
    assignLicenses: resolved('AssignLicensesPayload'),
    removeAssignments: resolved('RemoveAssignmentsPayload'),
    swapLicenses: resolved('SwapLicensesPayload'),
  },
};
