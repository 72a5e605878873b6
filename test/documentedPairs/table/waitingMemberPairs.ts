import type { CoveredPair } from './Coverage.js';
import { assigneeFields, steveFred } from './recurringObjects.js';

const user = 'user(id: "48fbdf70-9e09-40df-9dbe-17af483ab113")';
const device = 'device(id: "0231bf6c-f5ba-4133-80dd-b35d619bb4b5")';

const waitsForExchange = 'waitingMembers { nodes { id waitingSinceDateTime allotment { id skuId skuPartNumber } } }';

const waiting = {
  id: '49caea1b-ad15-64f1-70c5-5c5e3563d19c',
  waitingSinceDateTime: '2024-11-22T17:11:10.6635939Z',
};
const waitingForExchange = {
  waitingMembers: {
    nodes: [
      {
        ...waiting,
        allotment: {
          id: '551f1755-0184-9e51-0bc7-f32bae5a1afb',
          skuId: '4b9405b0-7788-4568-add1-99614e613b69',
          skuPartNumber: 'EXCHANGESTANDARD',
        },
      },
    ],
  },
};

/** Who waits for a seat, and where. */
export const waitingMemberPairs: readonly CoveredPair[] = [
  {
    pair: '039',
    query: `{
      allotment(id: "rkocgef3dgjhnu3gmu2mqhbdbmwcymnf6fk3k6a7zbui5e7gfpmi") {
        waitingMembers { nodes { id waitingSinceDateTime } }
      }
    }`,
    answer: {
      allotment: {
        // Two months earlier than on the other pages.
        waitingMembers: { nodes: [{ ...waiting, waitingSinceDateTime: '2024-09-22T17:11:10.6635939Z' }] },
      },
    },
  },
  { pair: '040', query: `{ ${user} { ${waitsForExchange} } }`, answer: { user: waitingForExchange } },
  { pair: '041', query: `{ ${device} { ${waitsForExchange} } }`, answer: { device: waitingForExchange } },
  {
    pair: '042',
    query: `{
      ${user} {
        waitingMember(id: "f2c588fc-0a33-4f95-806b-58678112b1a9") {
          id waitingSinceDateTime assignedTo { ${assigneeFields} }
        }
      }
    }`,
    answer: { user: { waitingMember: { ...waiting, assignedTo: steveFred } } },
  },
];
