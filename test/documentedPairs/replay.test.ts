import { describe, expect, it } from '@jest/globals';
import { readPairs } from './support/DocumentedPair.js';
import { startReplay } from './support/startReplay.js';

describe('the replay', () => {
  async function replayed(path: string, headers: Record<string, string> = {}): Promise<unknown> {
    const replay = await startReplay(readPairs());
    try {
      const response = await fetch(replay.url + path, { headers });
      await response.text();
      return replay.log[0]?.pair;
    } finally {
      await replay.close();
    }
  }

  it.each([
    ['a documented request', '/admin/cloudLicensing/assignments', '007'],
    [
      'options in another order',
      '/admin/cloudLicensing/allotments?$expand=waitingMembers($select=id)&$select=id',
      '011',
    ],
    ['encoded options', '/admin/cloudLicensing/assignments?%24expand=allotment%2CassignedTo', '008'],
    ['fewer properties', '/admin/cloudLicensing/assignments?$select=id', '007'],
    ['properties that the page does not show', '/admin/cloudLicensing/assignments?$select=skuId', undefined],
    ['another expansion', '/admin/cloudLicensing/assignments?$expand=allotment', undefined],
    [
      'another filter',
      '/devices/0231bf6c-f5ba-4133-80dd-b35d619bb4b5/cloudLicensing/usageRights?$filter=skuId%20eq%20a1',
      undefined,
    ],
  ])('knows %s', async (_, path, pair) => {
    expect(await replayed(path)).toBe(pair);
  });

  it('wants the header of an advanced query', async () => {
    const path = '/groups?$count=true&$filter=hasMembersWithLicenseErrors%20eq%20true&$select=id';
    expect(await replayed(path, { ConsistencyLevel: 'eventual' })).toBe('049');
    expect(await replayed(path)).toBe(undefined);
  });
});
