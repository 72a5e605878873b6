/** What the pages show again and again: selections of its properties, and the objects as the schema answers them. */

/** All properties of an assignment without its ends. */
export const assignmentFields = 'id disabledServicePlanIds';

/** All documented properties of an allotment but its subscriptions, which most pages leave out. */
export const allotmentFields = `id allottedUnits assignableTo consumedUnits skuId skuPartNumber
  services { assignableTo planId planName }`;

/** All documented properties of a usage right. */
export const usageRightFields = 'id: usageRightId skuId skuPartNumber services { assignableTo planId planName }';

/** All documented properties of a user at the end of a relation. */
export const assigneeFields = '__typename id displayName ... on User { userPrincipalName }';

/** The assignment of most pages. */
export const sampleAssignment = {
  id: '405ee855-dd74-f695-8d7e-be35a6788fe8',
  disabledServicePlanIds: ['5e62787c-c316-451f-b873-1d05acd4d12c'],
};

/** The user to whom everything is assigned. */
export const steveFred = {
  __typename: 'User',
  id: 'a6c034b8-621b-dee3-6abb-52cbce801fe9',
  displayName: 'Steve Fred',
  userPrincipalName: 'stevefred@contoso.com',
};

/** The allotment of Teams Essentials. */
export const teamsAllotment = {
  id: 'fde42873-30b6-436b-b361-21af5a6b84ae',
  allottedUnits: 100,
  assignableTo: ['USER', 'GROUP'],
  consumedUnits: 84,
  services: [{ assignableTo: ['USER', 'GROUP'], planId: 'f4f2f6de-6830-442b-a433-e92249faebe2', planName: 'TeamsEss' }],
  skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
  skuPartNumber: 'Teams_Ess',
};

/** The allotment of Exchange; the pages give it two ids of SKU. */
export const exchangeAllotment = {
  id: '551f1755-0184-9e51-0bc7-f32bae5a1afb',
  allottedUnits: 250,
  assignableTo: ['USER', 'GROUP'],
  consumedUnits: 224,
  services: [
    {
      assignableTo: ['USER', 'GROUP'],
      planId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
      planName: 'EXCHANGE_S_STANDARD',
    },
    { assignableTo: [], planId: '6f23d6a9-adbf-481c-8538-b4c095654487', planName: 'M365_LIGHTHOUSE_CUSTOMER_PLAN1' },
    { assignableTo: [], planId: '882e1d05-acd1-4ccb-8708-6ee03664b117', planName: 'INTUNE_O365' },
    { assignableTo: ['USER', 'GROUP'], planId: '5e62787c-c316-451f-b873-1d05acd4d12c', planName: 'BPOS_S_TODO_1' },
  ],
  skuId: '4b9405b0-7788-4568-add1-99614e613b69',
  skuPartNumber: 'EXCHANGESTANDARD',
};

/** A subscription as the pages show it. */
export const sampleSubscription = {
  subscriptionId: 'f196adf8-75fa-8e4f-c61d-42d8114de4f4',
  nextLifecycleDate: '2025-09-30',
  startDate: '2025-07-18',
  state: 'ACTIVE',
  tags: [],
};

/** The usage right of Copilot, whose id differs from page to page. */
export function copilotRight(id: string): object {
  return {
    id,
    skuId: '639dec6b-bb19-468b-871c-c5c441c4b0cb',
    skuPartNumber: 'Microsoft_365_Copilot',
    services: [
      {
        assignableTo: ['USER', 'GROUP'],
        planId: 'fe6c28b3-d468-44ea-bbd0-a10a5167435c',
        planName: 'COPILOT_STUDIO_IN_COPILOT_FOR_M365',
      },
    ],
  };
}
