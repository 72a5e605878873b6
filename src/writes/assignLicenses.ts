import type { Assigning } from './Assigning.js';
import type { Change } from './Change.js';
import { createAssignments, settleCreations } from './createAssignments.js';
import { adviceOfCreation } from './creationResults.js';
import { expectAssignments } from './expectAssignments.js';
import { identifyEach } from './identifyEach.js';
import { itemsAt } from './itemsAt.js';
import { stillUnknown } from './refusals.js';
import type { WriteEnvironment } from './WriteEnvironment.js';

/** One allotment for many. */
export interface AssigningLicenses extends Pick<Assigning, 'allotmentId' | 'disabledServicePlanIds'> {
  /** Object ids of users, groups and devices, and sign-in names of users. */
  readonly assigneeIds: readonly string[];
}

/** Assigns an allotment to many; who is named twice, under whatever name, is assigned once and answered alike. */
export function assignLicenses(environment: WriteEnvironment, licenses: AssigningLicenses): Change {
  const { assigneeIds, ...others } = licenses;
  return {
    async write() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      return { results: spread(await createAssignments(environment, { ...others, assignees, isLone: false })) };
    },
    async expect() {
      const { assignees, spread } = await identifyEach(environment, assigneeIds);
      const expected = await expectAssignments(environment, { ...others, assignees, isLone: false });
      return { ...expected, results: spread(expected.results) };
    },
    async settle(positions) {
      const { assignees, spread } = await identifyEach(environment, itemsAt(assigneeIds, positions));
      const settled = await settleCreations(environment, { ...others, assignees, isLone: false });
      return spread(settled, () => stillUnknown('unread', adviceOfCreation));
    },
  };
}
