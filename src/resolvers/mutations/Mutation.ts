import type { MutationResolvers, AssigneeInput } from '../../generated/resolversTypes.js';
import { inOneForm } from '../../mapping/inOneForm.js';
import { lowerGuid } from '../../mapping/lowerGuid.js';
import { assignLicenses } from '../../writes/assignLicenses.js';
import type { Assignee } from '../../writes/assignmentRequests.js';
import { InputError } from '../../odata/InputError.js';
import { createAssignment } from '../../writes/createAssignment.js';
import { deleteAssignment, removeAssignments } from '../../writes/deleteAssignments.js';
import { removeLicenses } from '../../writes/removeLicenses.js';
import { reprocessAssignments } from '../../writes/reprocessAssignments.js';
import { swapLicenses } from '../../writes/swapLicenses.js';
import { updateAssignment } from '../../writes/updateAssignment.js';
import { updateLicenseUsage } from '../../writes/updateLicenseUsage.js';
import { bulkPayload, deletionPayload, singlePayload } from './payloads.js';
import { checkId, checkItems, checkPlans, runMutation } from './runMutation.js';

function assigneeOf({ userId, groupId, deviceId }: AssigneeInput): Assignee {
  const named: readonly (readonly [Assignee['kind'], string | null | undefined])[] = [
    ['user', userId],
    ['group', groupId],
    ['device', deviceId],
  ];
  const [only, ...others] = named.flatMap(([kind, id]) => (typeof id === 'string' ? [{ kind, id }] : []));
  if (only === undefined || others.length > 0) {
    throw new InputError('assignedTo has to name exactly one of userId, groupId and deviceId.');
  }
  checkId(`${only.kind}Id`, only.id);
  return only;
}

/** Changes. Each checks its input, runs once for its idempotency key, and hands over to `src/writes`. */
export const Mutation: Required<MutationResolvers> = {
  async createAssignment(_source, { input }, context) {
    const { allotmentId, assignedTo, disabledServicePlanIds } = input;
    checkId('allotmentId', allotmentId);
    const creating = {
      allotmentId,
      assignee: assigneeOf(assignedTo),
      disabledServicePlanIds: checkPlans(disabledServicePlanIds),
    };
    const change = createAssignment(context.writes.environment, creating);
    return singlePayload(await runMutation(context, 'createAssignment', input, change));
  },

  async updateAssignment(_source, { input }, context) {
    checkId('id', input.id);
    const id = inOneForm(input.id);
    const disabledServicePlanIds = checkPlans(input.disabledServicePlanIds);
    const change = updateAssignment(context.writes.environment, { id, disabledServicePlanIds });
    const payload = singlePayload(await runMutation(context, 'updateAssignment', input, change), id);
    // What the change found gone a replica that lags may still show.
    const isGone = payload.userErrors.some(({ code }) => code === 'NOT_FOUND');
    return isGone ? { ...payload, entityId: undefined } : payload;
  },

  async deleteAssignment(_source, { input }, context) {
    checkId('id', input.id);
    const id = inOneForm(input.id);
    const change = deleteAssignment(context.writes.environment, id);
    return deletionPayload(await runMutation(context, 'deleteAssignment', input, change), id);
  },

  async reprocessAssignments(_source, { input }, context) {
    const { userId, userIds } = input;
    if ((typeof userId === 'string') === Array.isArray(userIds)) {
      throw new InputError('reprocessAssignments has to be given exactly one of userId and userIds.');
    }
    const ids = userIds ?? [userId ?? ''];
    if (typeof userId === 'string') checkId('userId', userId);
    checkItems('userIds', ids);
    const reprocessing = { userIds: ids, isLone: userIds === undefined || userIds === null };
    const change = reprocessAssignments(context.writes.environment, reprocessing);
    const parts = await runMutation(context, 'reprocessAssignments', input, change);
    const payload = bulkPayload(parts, ids);
    const [leastCertain] = payload.totals;
    const userErrors = payload.results.length === 1 ? (payload.results[0]?.userErrors ?? []) : [];
    // Users are read by their object id.
    const entityId = userId ? (parts.written.results[0]?.objectId ?? lowerGuid(userId)) : undefined;
    return { ...payload, userErrors, outcome: leastCertain?.outcome ?? 'UPDATED', entityId };
  },

  async updateLicenseUsage(_source, { input }, context) {
    const { id, snapshotDateTime, licenseInfoDetails } = input;
    const values = {
      id,
      snapshotDateTime: snapshotDateTime ?? undefined,
      licenseInfoDetails: licenseInfoDetails ?? undefined,
    };
    if (values.snapshotDateTime === undefined && values.licenseInfoDetails === undefined) {
      throw new InputError('updateLicenseUsage has to be given snapshotDateTime or licenseInfoDetails.');
    }
    const change = updateLicenseUsage(context.writes.environment, values);
    return singlePayload(await runMutation(context, 'updateLicenseUsage', input, change), id);
  },

  async assignLicenses(_source, { input }, context) {
    const { allotmentId, assigneeIds, disabledServicePlanIds } = input;
    checkId('allotmentId', allotmentId);
    checkItems('assigneeIds', assigneeIds);
    const assigning = { allotmentId, assigneeIds, disabledServicePlanIds: checkPlans(disabledServicePlanIds) };
    const change = assignLicenses(context.writes.environment, assigning);
    return { ...bulkPayload(await runMutation(context, 'assignLicenses', input, change), assigneeIds), allotmentId };
  },

  async removeLicenses(_source, { input }, context) {
    const { allotmentId, assigneeIds } = input;
    checkId('allotmentId', allotmentId);
    checkItems('assigneeIds', assigneeIds);
    const change = removeLicenses(context.writes.environment, { allotmentId, assigneeIds });
    const parts = await runMutation(context, 'removeLicenses', input, change);
    return { ...bulkPayload(parts, assigneeIds), allotmentId };
  },

  async removeAssignments(_source, { input }, context) {
    const { ids } = input;
    checkItems('ids', ids);
    const change = removeAssignments(context.writes.environment, ids);
    return bulkPayload(await runMutation(context, 'removeAssignments', input, change), ids);
  },

  async swapLicenses(_source, { input }, context) {
    const { fromAllotmentId, toAllotmentId, assigneeIds, disabledServicePlanIds } = input;
    checkId('fromAllotmentId', fromAllotmentId);
    checkId('toAllotmentId', toAllotmentId);
    checkItems('assigneeIds', assigneeIds);
    const swapping = {
      fromAllotmentId,
      toAllotmentId,
      assigneeIds,
      disabledServicePlanIds: checkPlans(disabledServicePlanIds),
    };
    const change = swapLicenses(context.writes.environment, swapping);
    const parts = await runMutation(context, 'swapLicenses', input, change);
    return { ...bulkPayload(parts, assigneeIds), fromAllotmentId, toAllotmentId };
  },
};
