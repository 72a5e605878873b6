import type { LeftOutPair } from './Coverage.js';

const creation = 'A write: test/writes/documentedWrites.test.ts makes the gateway send this creation';
const otherLicenseModel =
  'assignLicense belongs to the older licence model, which the product contract does not take in: its writes are ' +
  'those of cloudLicensing assignments.';

/** Documented pairs that are no reads, or of which the gateway makes no call. */
export const leftOutPairs: readonly LeftOutPair[] = [
  {
    pair: '006',
    why: 'A write without a documented URI: test/writes/documentedWrites.test.ts sends it under the path that is set.',
  },
  { pair: '015', why: `${creation} as administrator.` },
  { pair: '016', why: `${creation} under the allotment.` },
  { pair: '017', why: `${creation} under the user.` },
  { pair: '018', why: `${creation} under the group.` },
  { pair: '019', why: `${creation} under the device.` },
  { pair: '022', why: 'A write: test/writes/documentedWrites.test.ts makes the gateway send this update.' },
  { pair: '023', why: 'A write: test/writes/documentedWrites.test.ts makes the gateway send this deletion.' },
  { pair: '026', why: 'A write: test/writes/documentedWrites.test.ts makes the gateway send this action.' },
  { pair: '044', why: otherLicenseModel },
  { pair: '045', why: otherLicenseModel },
  {
    pair: '046',
    why: 'subscribedSkus is of the older licence model. `skus` answers seats by SKU from the allotments (pair 012).',
  },
  {
    pair: '047',
    why: 'companySubscription is of the older licence model. The schema has the subscriptions of an allotment (pair 013).',
  },
  {
    pair: '052',
    why:
      'Three of its parts (a deletion of a group, credentials, a filter by city) are nothing that the schema can say, ' +
      'and the list of the fourth goes on in a page that nobody documents. That documented requests travel in a ' +
      'batch is asserted in documentedPairs.test.ts.',
  },
  { pair: '053', why: otherLicenseModel },
  { pair: '054', why: otherLicenseModel },
  {
    pair: '055',
    why: 'licenseDetails is of the older licence model. `usageRights` answers SKUs and services of a user (pair 031).',
  },
  {
    pair: '056',
    why: 'A count without its header, which the gateway never sends: asserted in documentedPairs.test.ts.',
  },
  {
    pair: '057',
    why: 'Applications are not in the schema; a search of users or groups always leaves with the header.',
  },
  {
    pair: '058',
    why: 'endsWith without its parameters, which the gateway never sends: asserted in documentedPairs.test.ts.',
  },
  { pair: '059', why: 'GroupFilter has no createdDateTime, because Graph cannot filter groups by it.' },
  {
    pair: '060',
    why: 'More than 15 values, which the gateway splits over several calls: asserted in documentedPairs.test.ts.',
  },
];
