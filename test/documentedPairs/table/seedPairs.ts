import type { CoveredPair } from './Coverage.js';
import {
  allotmentFields,
  assigneeFields,
  assignmentFields,
  copilotRight,
  exchangeAllotment,
  sampleAssignment,
  sampleSubscription,
  steveFred,
  teamsAllotment,
  usageRightFields,
} from './recurringObjects.js';

const user = 'user(id: "48fbdf70-9e09-40df-9dbe-17af483ab113")';
const rightOfUser = 'i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3';
const rightOfGroup = 'j6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby4';

/** The examples that the project began with: the report, usage rights and assignments. */
export const seedPairs: readonly CoveredPair[] = [
  {
    pair: '001',
    query: `{
      licenseUsage(period: "parameterValue") {
        id snapshotDateTime
        licenseInfoDetails { licenseType totalLicenseCount totalAssignedCount totalUsageCount }
      }
    }`,
    answer: {
      licenseUsage: [
        {
          id: '0e602c49-2c49-0e60-492c-600e492c600e',
          snapshotDateTime: '2016-12-31T23:59:52.9238491Z',
          // The page cuts the row down to its type.
          licenseInfoDetails: [
            { licenseType: null, totalLicenseCount: null, totalAssignedCount: null, totalUsageCount: null },
          ],
        },
      ],
    },
  },
  {
    pair: '002',
    query: `{ ${user} { usageRight(id: "${rightOfUser}") { ${usageRightFields} } } }`,
    answer: { user: { usageRight: copilotRight(rightOfUser) } },
  },
  {
    pair: '003',
    query: `{
      group(id: "1003985b-dfc1-4f42-97d4-65f70a335ca8") { usageRight(id: "${rightOfGroup}") { ${usageRightFields} } }
    }`,
    answer: { group: { usageRight: copilotRight(rightOfGroup) } },
  },
  {
    pair: '004',
    query: `{ ${user} { usageRight(id: "${rightOfUser}") { ${usageRightFields} assignments { nodes { id } } } } }`,
    answer: {
      user: { usageRight: { ...copilotRight(rightOfUser), assignments: { nodes: [{ id: sampleAssignment.id }] } } },
    },
  },
  {
    pair: '005',
    query: `{
      ${user} {
        usageRight(id: "${rightOfUser}") {
          ${usageRightFields}
          allotments {
            id allottedUnits consumedUnits
            subscriptions { subscriptionId nextLifecycleDate startDate state tags }
          }
        }
      }
    }`,
    answer: {
      user: {
        usageRight: {
          ...copilotRight(rightOfUser),
          allotments: [
            {
              id: '405ee855-dd74-f695-8d7e-be35a6788fe8',
              allottedUnits: 100,
              consumedUnits: 50,
              subscriptions: [sampleSubscription],
            },
          ],
        },
      },
    },
  },
  {
    pair: '007',
    query: `{ assignments { nodes { ${assignmentFields} } } }`,
    answer: { assignments: { nodes: [sampleAssignment] } },
  },
  {
    pair: '008',
    query: `{
      assignments {
        nodes { ${assignmentFields} assignedTo { ${assigneeFields} } allotment { ${allotmentFields} } }
      }
    }`,
    answer: { assignments: { nodes: [{ ...sampleAssignment, assignedTo: steveFred, allotment: teamsAllotment }] } },
  },
  {
    pair: '009',
    query: `{
      assignments(
        filter: { skuId: { in: ["639dec6b-bb19-468b-871c-c5c441c4b0cb", "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"] } }
      ) {
        nodes { ${assignmentFields} allotment { ${allotmentFields} } }
      }
    }`,
    answer: {
      assignments: {
        nodes: [
          {
            ...sampleAssignment,
            allotment: { ...exchangeAllotment, skuId: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235' },
          },
        ],
      },
    },
  },
];
