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
  | 'SwapLicensesResult'
> = {
  CreateAssignmentPayload: {
    assignment: ({ entityId, said, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId, said),
    inheritedFrom: ({ inheritedFromIds, reader }, _args, context, info) =>
      readGroups(context, info, reader, inheritedFromIds),
  },
  UpdateAssignmentPayload: {
    assignment: ({ entityId, said, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId, said),
  },
  DeleteAssignmentPayload: {
    assignment: ({ entityId, said, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId, said),
  },
  ReprocessAssignmentsPayload: {
    user: ({ entityId, reader }, _args, context, info) => readObject(context, info, reader, 'user', entityId),
  },
  UpdateLicenseUsagePayload: {
    licenseUsage: ({ entityId, said, reader }, _args, context, info) =>
      readUsage(context, info, reader, entityId, said),
  },
  AssignLicensesResult: {
    assignment: ({ entityId, said, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId, said),
    inheritedFrom: ({ inheritedFromIds, reader }, _args, context, info) =>
      readGroups(context, info, reader, inheritedFromIds),
  },
  SwapLicensesResult: {
    assignment: ({ entityId, said, reader }, _args, context, info) =>
      readObject(context, info, reader, 'assignment', entityId, said),
    inheritedFrom: ({ inheritedFromIds, reader }, _args, context, info) =>
      readGroups(context, info, reader, inheritedFromIds),
  },
};
