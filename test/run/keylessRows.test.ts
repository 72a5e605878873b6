import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { writeNodeId } from '../reference/globalIds.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const admin = '/admin/cloudLicensing';
const copilot = '639dec6b-bb19-468b-871c-c5c441c4b0cb';
const plan = guidOf(7);

/** A Graph that answers by path; what is added up is told from the plain list by its query. */
async function serve(answers: Readonly<Record<string, object>>): Promise<TestGateway> {
  const graph = await startRawServer((request, response) => {
    const [path = '', query = ''] = decodeURIComponent(String(request.url)).replace('/beta', '').split('?');
    const body = answers[query.startsWith('$apply') ? `${path}?$apply` : path];
    sendJson(response, body ?? { error: { code: 'Request_ResourceNotFound' } }, body === undefined ? 404 : 200);
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  return gateway;
}

/** Allotments of products that are not provisioned in the directory have no `skuId`. */
const services = [{ planId: plan, planName: 'P', assignableTo: 'user' }];
const withKey = { id: 'a1', skuId: copilot, skuPartNumber: 'COPILOT', allottedUnits: 9, consumedUnits: 4, services };
const keyless = ['a2', 'a3'].map((id) => ({
  id,
  skuId: null,
  skuPartNumber: 'X',
  allottedUnits: 5,
  consumedUnits: 1,
  services,
}));
const seats = (rows: readonly { skuId: unknown; allottedUnits: number; consumedUnits: number }[]) =>
  rows.map(({ skuId, allottedUnits, consumedUnits }) => ({
    skuId,
    skuPartNumber: 'S',
    totalAllottedUnits: allottedUnits,
    totalConsumedUnits: consumedUnits,
  }));
const badAt = (...paths: readonly string[]) => paths.map((path) => ({ path, code: 'UPSTREAM_BAD_RESPONSE' }));

describe('R9: a row without its key is in the list, or an error, and never left out', () => {
  const tenant = () =>
    serve({
      [`${admin}/allotments?$apply`]: { value: seats([withKey, ...keyless]) },
      [`${admin}/allotments`]: { value: [withKey, ...keyless] },
    });

  it('an allotment without a skuId is one of the allotments', async () => {
    const { data, errors } = await (await tenant()).ask('{ allotments { nodes { id skuId sku { skuPartNumber } } } }');
    expect(errors).toEqual([]);
    expect(data.allotments.nodes).toEqual([
      { id: 'a1', skuId: copilot, sku: { skuPartNumber: 'COPILOT' } },
      { id: 'a2', skuId: null, sku: null },
      { id: 'a3', skuId: null, sku: null },
    ]);
  });

  it.each([
    ['skuId availableUnits', ['skus.1.skuId', 'skus.2.skuId']],
    ['skuPartNumber services { planId }', ['skus.1', 'skus.2']],
    ['skuId allotments { nodes { id } }', ['skus.1.skuId', 'skus.2.skuId']],
  ])('seats without a skuId are errors of the list of SKUs, each its own: %s', async (fields, paths) => {
    const { data, errors } = await (await tenant()).ask(`{ skus { ${fields} } }`);
    expect(data.skus).toMatchObject([{ [fields.split(' ')[0] ?? '']: expect.any(String) }, null, null]);
    expect(errors).toMatchObject(badAt(...paths));
  });

  it('are in the list where nothing is asked that they lack', async () => {
    const { data, errors } = await (await tenant()).ask('{ skus { skuPartNumber availableUnits } }');
    expect(errors).toEqual([]);
    expect(data.skus).toEqual([
      { skuPartNumber: 'S', availableUnits: 5 },
      { skuPartNumber: 'S', availableUnits: 4 },
      { skuPartNumber: 'S', availableUnits: 4 },
    ]);
  });

  it.each(['allotments { nodes { id } }', 'containedIn { skuPartNumber }'])(
    'what would have to be found by the skuId is an error of its own field: %s',
    async (field) => {
      const { data, errors } = await (await tenant()).ask(`{ skus { skuPartNumber ${field} } }`);
      const [name = ''] = field.split(' ');
      expect(data.skus.map((sku: Record<string, unknown>) => sku[name]).slice(1)).toEqual([null, null]);
      expect(errors.filter(({ path }) => !path.startsWith('skus.0'))).toMatchObject(
        badAt(`skus.1.${name}`, `skus.2.${name}`),
      );
    },
  );

  it('products that hold all services of a SKU are errors where they have no skuId', async () => {
    const { data, errors } = await (await tenant()).ask(`{ sku(skuId: "${copilot}") { containedIn { skuId } } }`);
    expect(data.sku.containedIn).toBeNull();
    expect(errors).toMatchObject([{ code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it.each([
    ['skus { availableUnits services { planId } }', 'skus'],
    [`sku(skuId: "${copilot}") { allotments { nodes { id } } }`, 'sku'],
    [`sku(skuId: "${copilot}") { containedIn { skuId } }`, 'sku'],
  ])('an allotment that is null is no seat fewer, and no allotment fewer: %s', async (field, path) => {
    const gateway = await serve({
      [`${admin}/allotments?$apply`]: { value: seats([withKey]) },
      [`${admin}/allotments`]: { value: [withKey, null] },
    });
    const { data, errors } = await gateway.ask(`{ ${field} }`);
    expect(data).toEqual({ [path]: null });
    expect(errors).toMatchObject(badAt(path));
  });

  it.each([null, undefined, 7])(
    'users whose id is %p are not taken for one, in several requests and with a count',
    async (id) => {
      const named = ['A', 'B'].map((displayName) => ({ id, displayName }));
      const gateway = await serve({ '/users': { '@odata.count': 2, value: named } });
      const many = Array.from({ length: 16 }, (_, index) => `"d${index}"`).join(', ');
      const { data, errors } = await gateway.ask(
        `{ one: users { totalCount nodes { displayName } } two: users(filter: { department: { in: [${many}] } }) { nodes { displayName } } }`,
      );
      expect(errors).toEqual([]);
      expect(data.one.nodes).toEqual([{ displayName: 'A' }, { displayName: 'B' }]);
      expect(data.two.nodes).toHaveLength(4);
    },
  );

  it.each([
    [{ totalAllottedUnits: null }, 'allottedUnits'],
    [{ totalConsumedUnits: '4' }, 'consumedUnits'],
  ])('seats of one SKU in two rows, of which one has %j, are not added up to fewer', async (odd, name) => {
    const [row] = seats([withKey]);
    const gateway = await serve({ [`${admin}/allotments?$apply`]: { value: [row, { ...row, ...odd }] } });
    const { data, errors } = await gateway.ask(`{ skus { skuPartNumber ${name} availableUnits } }`);
    expect(data.skus).toEqual([{ skuPartNumber: 'S', [name]: null, availableUnits: null }]);
    expect(errors).toMatchObject(badAt(`skus.0.${name}`, 'skus.0.availableUnits'));
  });

  it('somebody without an id in an answer of getByIds leaves nobody unknown', async () => {
    const gateway = await serve({ '/directoryObjects/getByIds': { value: [{ id: guidOf(1) }, { displayName: 'B' }] } });
    const { data, errors } = await gateway.ask(`{ usersByIds(ids: ["${guidOf(1)}", "${guidOf(2)}"]) { displayName } }`);
    expect(data.usersByIds).toBeNull();
    expect(errors).toMatchObject(badAt('usersByIds'));
  });

  const user = guidOf(1);
  const rights = `/users/${user}/cloudLicensing/usageRights`;

  it('groups without an id, that somebody inherits from, are not taken for one', async () => {
    const group = (displayName: string) => ({ '@odata.type': '#microsoft.graph.group', displayName });
    const gateway = await serve({
      [`${rights}/r1`]: {
        id: 'r1',
        assignments: ['A', 'B'].map((name) => ({ id: name, assignedTo: group(name) })),
      },
      [`${rights}/r1/assignments`]: { value: ['A', 'B'].map((name) => ({ id: name, assignedTo: group(name) })) },
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { usageRight(id: "r1") { inheritedFrom { displayName } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.usageRight.inheritedFrom).toEqual([{ displayName: 'A' }, { displayName: 'B' }]);
  });

  it('allotments without an id, found over the assignments of a right, are not taken for one', async () => {
    const allotment = (skuPartNumber: string) => ({ skuPartNumber });
    const gateway = await serve({
      [`${rights}/r1`]: { id: 'r1' },
      [`${rights}/r1/assignments`]: {
        value: ['A', 'B'].map((name) => ({ id: name, allotment: allotment(name) })),
      },
    });
    const { data, errors } = await gateway.ask(
      `{ user(id: "${user}") { usageRight(id: "r1") { allotments { skuPartNumber } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.usageRight.allotments).toEqual([{ skuPartNumber: 'A' }, { skuPartNumber: 'B' }]);
  });
});

describe('what is looked for in a list', () => {
  it('is not said to be unknown where an item of the list cannot be read', async () => {
    const report = '/reports/getAzureADLicenseUsage';
    const gateway = await serve({
      [`${report}(period='D7')`]: { value: [null, { id: 'u1' }] },
      [`${report}(period='D30')`]: { value: [{ id: 'u2' }] },
    });
    const { data, errors } = await gateway.ask(
      'query ($ids: [ID!]!) { nodes(nodeIds: $ids) { ... on LicenseUsage { id } } }',
      { ids: ['u1', 'u2', 'u3'].map((id) => writeNodeId('LicenseUsage', id)) },
    );
    expect(data.nodes).toEqual([{ id: 'u1' }, { id: 'u2' }, null]);
    expect(errors).toMatchObject(badAt('nodes.2'));
  });
});
