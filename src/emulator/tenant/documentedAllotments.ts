/** Allotments that the examples of the documentation show; see `documentedObjects.ts`. */
import { longIdOf } from './deterministic.js';
import type { Allotment, Json } from './Tenant.js';

function service(assignableTo: string, planId: string, planName: string): Json {
  return { '@odata.type': 'microsoft.graph.cloudLicensing.service', assignableTo, planId, planName };
}

const subscription: Json = {
  '@odata.type': '#microsoft.graph.cloudLicensing.subscription',
  subscriptionId: 'f196adf8-75fa-8e4f-c61d-42d8114de4f4',
  nextLifecycleDate: '2025-09-30T00:00:00.000Z',
  startDate: '2025-07-18T00:00:00.000Z',
  state: 'active',
  tags: 'none',
};

/** An allotment that shows, together with who is assigned in this tenant, the documented units in use. */
export interface DocumentedAllotment extends Omit<Allotment, 'occupiedElsewhere'> {
  readonly consumedUnits: number;
}

/** Id of the allotment that rights to a SKU come from, where no example shows it. */
export function poolOf(skuId: string): string {
  return longIdOf('documented', skuId);
}

const forAll = 'user,group,device';
const shown = { assignableTo: forAll, subscriptions: [subscription] };

/** The documented allotments. */
export const documentedAllotments: readonly DocumentedAllotment[] = [
  {
    id: '551f1755-0184-9e51-0bc7-f32bae5a1afb',
    skuId: '4b9405b0-7788-4568-add1-99614e613b69',
    skuPartNumber: 'EXCHANGESTANDARD',
    allottedUnits: 250,
    consumedUnits: 224,
    assignableTo: 'user,group',
    services: [
      service('user,group', '9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD'),
      service('none', '6f23d6a9-adbf-481c-8538-b4c095654487', 'M365_LIGHTHOUSE_CUSTOMER_PLAN1'),
      service('none', '882e1d05-acd1-4ccb-8708-6ee03664b117', 'INTUNE_O365'),
      service('user,group', '5e62787c-c316-451f-b873-1d05acd4d12c', 'BPOS_S_TODO_1'),
    ],
    subscriptions: [subscription],
  },
  {
    id: 'fde42873-30b6-436b-b361-21af5a6b84ae',
    skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    skuPartNumber: 'Teams_Ess',
    allottedUnits: 100,
    consumedUnits: 84,
    assignableTo: 'user,group',
    services: [service('user,group', 'f4f2f6de-6830-442b-a433-e92249faebe2', 'TeamsEss')],
    subscriptions: [subscription],
  },
  {
    // The allotment that the examples of writes name; the plan that they turn off has to be part of it.
    ...shown,
    id: 'rkocgef3dgjhnu3gmu2mqhbdbmwcymnf6fk3k6a7zbui5e7gfpmi',
    skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    skuPartNumber: 'Teams_Ess',
    allottedUnits: 100,
    consumedUnits: 84,
    services: [
      service(forAll, 'f4f2f6de-6830-442b-a433-e92249faebe2', 'TeamsEss'),
      service(forAll, 'bed136c6-b799-4462-824d-fc045d3a9d25', 'CDS_O365_P1'),
    ],
  },
  {
    ...shown,
    id: '405ee855-dd74-f695-8d7e-be35a6788fe8',
    skuId: '639dec6b-bb19-468b-871c-c5c441c4b0cb',
    skuPartNumber: 'Microsoft_365_Copilot',
    allottedUnits: 100,
    consumedUnits: 50,
    services: [service('user,group', 'fe6c28b3-d468-44ea-bbd0-a10a5167435c', 'COPILOT_STUDIO_IN_COPILOT_FOR_M365')],
  },
  {
    // No example shows the allotments of the last three SKUs, only rights that have to come from some.
    ...shown,
    id: poolOf('75398b2a-b060-4057-9ae2-9eb00ef68579'),
    skuId: '75398b2a-b060-4057-9ae2-9eb00ef68579',
    skuPartNumber: 'Copilot_Pro',
    allottedUnits: 25,
    consumedUnits: 2,
    services: [service('user', '113feb6c-3fe4-4440-bddc-54d774bf0318', 'EXCHANGE_S_FOUNDATION')],
  },
  {
    ...shown,
    id: poolOf('a0cfb9b5-427c-4d42-9e6d-6727c6bbd8b5'),
    skuId: 'a0cfb9b5-427c-4d42-9e6d-6727c6bbd8b5',
    skuPartNumber: 'FABRIKAM_DEVICE',
    allottedUnits: 25,
    consumedUnits: 1,
    services: [
      service('user,device,group', 'b7786c33-f595-4df5-bed7-9a2c8622df78', 'FABRIKAM_DESKTOP'),
      service('user,device,group', 'f446866a-4b4c-492e-907a-998b3fde5a81', 'FABRIKAM_REMOTE'),
      service('user,device,group', 'f08373fb-2530-4f97-8aa4-f424f071780d', 'FABRIKAM_TASKS'),
    ],
  },
  {
    ...shown,
    id: poolOf('f48db87f-583c-486e-a6de-096155d8fb8f'),
    skuId: 'f48db87f-583c-486e-a6de-096155d8fb8f',
    skuPartNumber: 'TIME_TRAVEL_BACKUP_RESTORE',
    allottedUnits: 25,
    consumedUnits: 1,
    services: [service('user,group', 'fe6c28b3-d468-44ea-bbd0-a10a5167435c', 'TIME_TRAVEL_BACKUP_RESTORE_PREMIUM')],
  },
];
