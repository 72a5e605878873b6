import type { CoveredPair } from './Coverage.js';
import { assignmentFields, copilotRight, sampleAssignment, usageRightFields } from './recurringObjects.js';

const user = 'user(id: "48fbdf70-9e09-40df-9dbe-17af483ab113")';
const group = 'group(id: "0003985b-dfc1-4f42-97d4-65f70a335ca8")';
const device = 'device(id: "0231bf6c-f5ba-4133-80dd-b35d619bb4b5")';

const all = `usageRights { nodes { ${usageRightFields} } }`;
const withExchange = `usageRights(filter: { servicePlanId: { eq: "113feb6c-3fe4-4440-bddc-54d774bf0318" } }) {
  nodes { ${usageRightFields} }
}`;

const copilot = { usageRights: { nodes: [copilotRight('1e373a1d-1f05-28cf-bfc0-ee0ecfd3db15')] } };

/** What the filter finds; the three pages differ in who can be given the plan. */
function copilotPro(assignableTo: 'USER' | 'GROUP'): object {
  const service = {
    assignableTo: [assignableTo],
    planId: '113feb6c-3fe4-4440-bddc-54d774bf0318',
    planName: 'EXCHANGE_S_FOUNDATION',
  };
  const right = {
    id: '5bbc716a-f73f-4cc1-bf16-53d38b407b8f',
    skuId: '75398b2a-b060-4057-9ae2-9eb00ef68579',
    skuPartNumber: 'Copilot_Pro',
    services: [service],
  };
  return { usageRights: { nodes: [right] } };
}

// The pages write `user,device,group`; the schema keeps its own order.
const forAll = ['USER', 'GROUP', 'DEVICE'];
const fabrikam = {
  usageRights: {
    nodes: [
      {
        id: 'a8d33537-2833-4f1c-8797-7aa891e15723',
        skuId: 'a0cfb9b5-427c-4d42-9e6d-6727c6bbd8b5',
        skuPartNumber: 'FABRIKAM_DEVICE',
        services: [
          { assignableTo: forAll, planId: 'b7786c33-f595-4df5-bed7-9a2c8622df78', planName: 'FABRIKAM_DESKTOP' },
          { assignableTo: forAll, planId: 'f446866a-4b4c-492e-907a-998b3fde5a81', planName: 'FABRIKAM_REMOTE' },
          { assignableTo: forAll, planId: 'f08373fb-2530-4f97-8aa4-f424f071780d', planName: 'FABRIKAM_TASKS' },
        ],
      },
    ],
  },
};

/** Usage rights of users, groups and devices. */
export const usageRightPairs: readonly CoveredPair[] = [
  { pair: '031', query: `{ ${user} { ${all} } }`, answer: { user: copilot } },
  { pair: '032', query: `{ ${user} { ${withExchange} } }`, answer: { user: copilotPro('USER') } },
  { pair: '033', query: `{ me { ${withExchange} } }`, answer: { me: copilotPro('GROUP') } },
  { pair: '034', query: `{ ${group} { ${all} } }`, answer: { group: copilot } },
  { pair: '035', query: `{ ${group} { ${withExchange} } }`, answer: { group: copilotPro('GROUP') } },
  { pair: '036', query: `{ ${device} { ${all} } }`, answer: { device: fabrikam } },
  {
    pair: '037',
    query: `{
      ${device} {
        usageRights(filter: { skuId: { eq: "a0cfb9b5-427c-4d42-9e6d-6727c6bbd8b5" } }) { nodes { ${usageRightFields} } }
      }
    }`,
    answer: { device: fabrikam },
  },
  {
    pair: '038',
    query: `{
      me {
        usageRight(id: "7e452304-0a58-40d6-8fd2-2afe92d26a3a") { assignments { nodes { ${assignmentFields} } } }
      }
    }`,
    answer: { me: { usageRight: { assignments: { nodes: [sampleAssignment] } } } },
  },
];
