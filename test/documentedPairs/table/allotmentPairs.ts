import type { CoveredPair } from './Coverage.js';
import {
  allotmentFields,
  assignmentFields,
  exchangeAllotment,
  sampleAssignment,
  sampleSubscription,
  teamsAllotment,
} from './recurringObjects.js';

const allotmentId = 'rkocgef3dgjhnu3gmu2mqhbdbmwcymnf6fk3k6a7zbui5e7gfpmi';

/** Allotments, by themselves and over all allotments of a SKU. */
export const allotmentPairs: readonly CoveredPair[] = [
  {
    pair: '010',
    query: `{ allotments { nodes { ${allotmentFields} } } }`,
    answer: { allotments: { nodes: [exchangeAllotment] } },
  },
  {
    pair: '011',
    query: `{
      allotments {
        nodes { id allottedUnits consumedUnits assignableTo waitingMembers { nodes { id waitingSinceDateTime } } }
      }
    }`,
    answer: {
      allotments: {
        nodes: [
          {
            id: '551f1755-0184-9e51-0bc7-f32bae5a1afb',
            allottedUnits: 250,
            consumedUnits: 224,
            assignableTo: ['USER', 'GROUP'],
            waitingMembers: {
              nodes: [
                {
                  id: '49caea1b-ad15-64f1-70c5-5c5e3563d19c',
                  waitingSinceDateTime: '2024-11-22T17:11:10.6635939Z',
                },
              ],
            },
          },
        ],
      },
    },
  },
  {
    pair: '012',
    // The example invents the names of the sums; in the schema a SKU has those of an allotment.
    query: `{
      skus { skuId skuPartNumber totalAllottedUnits: allottedUnits totalConsumedUnits: consumedUnits availableUnits }
    }`,
    answer: {
      skus: [
        {
          skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
          skuPartNumber: 'ENTERPRISEPACK',
          totalAllottedUnits: 500,
          totalConsumedUnits: 425,
          availableUnits: 75,
        },
        {
          skuId: 'c7df2760-2c81-4ef7-b578-5b5392b571df',
          skuPartNumber: 'ENTERPRISEPREMIUM',
          totalAllottedUnits: 200,
          totalConsumedUnits: 150,
          availableUnits: 50,
        },
        {
          skuId: 'a4585165-0533-458a-97e3-c400570268c4',
          skuPartNumber: 'SHAREPOINTSTANDARD',
          totalAllottedUnits: 300,
          totalConsumedUnits: 275,
          availableUnits: 25,
        },
      ],
    },
  },
  {
    pair: '013',
    query: `{
      allotment(id: "${allotmentId}") {
        ${allotmentFields}
        subscriptions { subscriptionId nextLifecycleDate startDate state tags }
      }
    }`,
    // The answer has the id of the body; that another one was asked for is a slip of the page.
    answer: { allotment: { ...teamsAllotment, subscriptions: [sampleSubscription] } },
  },
  {
    pair: '014',
    query: `{ allotment(id: "${allotmentId}") { assignments { nodes { ${assignmentFields} } } } }`,
    answer: { allotment: { assignments: { nodes: [sampleAssignment] } } },
  },
];
