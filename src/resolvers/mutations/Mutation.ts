import type { MutationResolvers, AssigneeInput } from '../../generated/resolversTypes.js';
import { assignLicenses, expectLicenses } from '../../writes/assignLicenses.js';
import type { Assignee } from '../../writes/assignmentRequests.js';
import { createAssignments } from '../../writes/createAssignments.js';
import { eachOnce } from '../../writes/eachOnce.js';
import { deleteAssignment, removeAssignments, settleDeletions } from '../../writes/deleteAssignments.js';
import {
  expectAssignment,
  expectDeletions,
  expectReprocessing,
  expectUpdate,
  expectUsageChange,
} from '../../writes/dryRun.js';
import { reprocessAssignments, stillUnsettled } from '../../writes/reprocessAssignments.js';
import { settleUpdate, updateAssignment } from '../../writes/updateAssignment.js';
import { updateLicenseUsage } from '../../writes/updateLicenseUsage.js';
import { bulkPayload, singlePayload } from './payloads.js';
import { checkItems, inputError, runMutation } from './runMutation.js';

function assigneeOf({ userId, groupId, deviceId }: AssigneeInput): Assignee {
  const named: readonly (readonly [Assignee['kind'], string | null | undefined])[] = [
    ['user', userId],
    ['group', groupId],
    ['device', deviceId],
  ];
  const [only, ...others] = named.flatMap(([kind, id]) => (typeof id === 'string' ? [{ kind, id }] : []));
  if (only === undefined || others.length > 0) {
    throw inputError('assignedTo has to name exactly one of userId, groupId and deviceId.');
  }
  return only;
}

function at<T>(items: readonly T[], positions: readonly number[]): readonly T[] {
  return positions.flatMap((position) => items[position] ?? []);
}

/** Changes. Each checks its input, runs once for its idempotency key, and hands over to `src/writes`. */
export const Mutation: Required<MutationResolvers> = {
  async createAssignment(_source, { input }, context) {
    const { environment } = context.writes;
    const assignee = assigneeOf(input.assignedTo);
    const { allotmentId, disabledServicePlanIds } = input;
    const assigning = {
      allotmentId,
      disabledServicePlanIds: disabledServicePlanIds ?? [],
      assignees: [assignee],
      isLone: true,
    };
    const parts = await runMutation(context, 'createAssignment', input, {
      write: async () => ({ results: await createAssignments(environment, assigning) }),
      expect: () => expectAssignment(environment, assigning, assignee),
      settle: () => createAssignments(environment, { ...assigning, settleOnly: true }),
    });
    return singlePayload(parts);
  },

  async updateAssignment(_source, { input }, context) {
    const { environment } = context.writes;
    const { id, disabledServicePlanIds } = input;
    const parts = await runMutation(context, 'updateAssignment', input, {
      write: async () => ({ results: [await updateAssignment(environment, id, disabledServicePlanIds)] }),
      expect: () => expectUpdate(environment, id, disabledServicePlanIds),
      settle: async () => [await settleUpdate(environment, id, disabledServicePlanIds)],
    });
    return singlePayload(parts, id);
  },

  async deleteAssignment(_source, { input }, context) {
    const { environment } = context.writes;
    const { id } = input;
    const parts = await runMutation(context, 'deleteAssignment', input, {
      write: async () => ({ results: [await deleteAssignment(environment, id)] }),
      expect: () => expectDeletions(environment, [id]),
      settle: () => settleDeletions(environment, [id]),
    });
    const payload = singlePayload(parts, id);
    const isGone = !parts.written.plannedCalls && /DELETED|GONE/.test(payload.outcome);
    return { ...payload, deletedAssignmentId: id, ...(isGone ? { entityId: undefined } : {}) };
  },

  async reprocessAssignments(_source, { input }, context) {
    const { environment } = context.writes;
    const { userId, userIds } = input;
    if ((typeof userId === 'string') === Array.isArray(userIds)) {
      throw inputError('reprocessAssignments has to be given exactly one of userId and userIds.');
    }
    const ids = userIds ?? [userId ?? ''];
    checkItems('userIds', ids);
    const parts = await runMutation(context, 'reprocessAssignments', input, {
      write: () =>
        eachOnce(ids, async (distinct) => ({
          results: await reprocessAssignments(environment, distinct, userIds === undefined || userIds === null),
        })),
      expect: () => eachOnce(ids, (distinct) => expectReprocessing(environment, distinct)),
      settle: (positions) => Promise.resolve(positions.map(stillUnsettled)),
    });
    const payload = bulkPayload(parts, ids);
    const [leastCertain] = payload.totals;
    const userErrors = payload.results.length === 1 ? (payload.results[0]?.userErrors ?? []) : [];
    return { ...payload, userErrors, outcome: leastCertain?.outcome ?? 'UPDATED', entityId: userId ?? undefined };
  },

  async updateLicenseUsage(_source, { input }, context) {
    const { environment } = context.writes;
    const { id, snapshotDateTime, licenseInfoDetails } = input;
    const change = {
      id,
      snapshotDateTime: snapshotDateTime ?? undefined,
      licenseInfoDetails: licenseInfoDetails ?? undefined,
    };
    if (change.snapshotDateTime === undefined && change.licenseInfoDetails === undefined) {
      throw inputError('updateLicenseUsage has to be given snapshotDateTime or licenseInfoDetails.');
    }
    const parts = await runMutation(context, 'updateLicenseUsage', input, {
      write: async () => ({ results: [await updateLicenseUsage(environment, change)] }),
      expect: () => expectUsageChange(environment, change),
      settle: (positions) => Promise.resolve(positions.map(stillUnsettled)),
    });
    return singlePayload(parts, id);
  },

  async assignLicenses(_source, { input }, context) {
    const { environment } = context.writes;
    const { allotmentId, assigneeIds } = input;
    checkItems('assigneeIds', assigneeIds);
    const assigning = { allotmentId, assigneeIds, disabledServicePlanIds: input.disabledServicePlanIds ?? [] };
    const parts = await runMutation(context, 'assignLicenses', input, {
      write: async () => ({ results: await assignLicenses(environment, assigning) }),
      expect: () => expectLicenses(environment, assigning),
      settle: (positions) =>
        assignLicenses(environment, { ...assigning, assigneeIds: at(assigneeIds, positions), settleOnly: true }),
    });
    return bulkPayload(parts, assigneeIds);
  },

  async removeAssignments(_source, { input }, context) {
    const { environment } = context.writes;
    const { ids } = input;
    checkItems('ids', ids);
    const parts = await runMutation(context, 'removeAssignments', input, {
      write: () => eachOnce(ids, async (distinct) => ({ results: await removeAssignments(environment, distinct) })),
      expect: () => eachOnce(ids, (distinct) => expectDeletions(environment, distinct)),
      settle: (positions) => settleDeletions(environment, at(ids, positions)),
    });
    return bulkPayload(parts, ids);
  },
};
