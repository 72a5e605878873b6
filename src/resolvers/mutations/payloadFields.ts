import type { Resolvers } from '../../generated/resolversTypes.js';
import { readGroups, readObject, readUsage } from './readEntity.js';

/** Fields of payloads that are Graph calls of their own; all others are there already. */
export const payloadFields: Pick<
  Resolvers,
  | 'CreateAssignmentPayload'
  | 'UpdateAssignmentPayload'
  | 'DeleteAssignmentPayload'
  | 'ReprocessAssignmentsPayload'
  | 'UpdateLicenseUsagePayload'
  | 'AssignLicensesResult'
> = {
  CreateAssignmentPayload: {
    assignment: ({ entityId, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId),
    inheritedFrom: ({ inheritedFromIds, reader }, _args, context, info) =>
      readGroups(context, info, reader, inheritedFromIds),
  },
  UpdateAssignmentPayload: {
    assignment: ({ entityId, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId),
  },
  DeleteAssignmentPayload: {
    assignment: ({ entityId, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId),
  },
  ReprocessAssignmentsPayload: {
    user: ({ entityId, reader }, _args, context, info) => readObject(context, info, reader, 'user', entityId),
  },
  UpdateLicenseUsagePayload: {
    licenseUsage: ({ entityId, reader }, _args, context, info) => readUsage(context, info, reader, entityId),
  },
  AssignLicensesResult: {
    assignment: ({ entityId, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId),
    inheritedFrom: ({ inheritedFromIds, reader }, _args, context, info) =>
      readGroups(context, info, reader, inheritedFromIds),
  },
};
