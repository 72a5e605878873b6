import { describe, expect, it } from '@jest/globals';
import { startEmulator, type UndocumentedBehaviour } from '../../src/emulator/index.js';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { comparable } from '../support/comparable.js';
import { openTestGateway } from '../support/testGateway.js';

const skuE3 = '6fd2c87f-b296-42f0-b197-1e91e994b900';
const skuE5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

const queries: readonly string[] = [
  '{ assignments(first: 30) { nodes { id assignedTo { displayName } allotment { skuPartNumber } } } }',
  '{ users(first: 20) { nodes { usageRights { nodes { skuPartNumber allotments { skuPartNumber } } } } } }',
  '{ users(first: 20) { nodes { usageRights { nodes { assignments { nodes { assignedTo { displayName } } } } } } } }',
  '{ devices(first: 5) { nodes { assignments(first: 3) { nodes { id allotment { skuPartNumber } } } } } }',
  `{ assignments(filter: { skuId: { eq: "${skuE3}" } }) { nodes { id allotment { skuPartNumber } } } }`,
  // Of devices no page documents the expansion that the filter stands in elsewhere.
  `{ devices(first: 5) { nodes { assignments(filter: { skuId: { in: [${[skuE3, skuE5].map((sku) => `"${sku}"`).join(', ')}] } }) { nodes { id } } } } }`,
];

/** Some rounds of all queries, as one gateway asks them; `data` has the answers of each round. */
async function ask(undocumented: UndocumentedBehaviour, options: 'learned' | 'documented', rounds = 3) {
  const emulator = await startEmulator({ users: 40, seed: 5, undocumented });
  const gateway = openTestGateway(emulator.url, { options });
  closeAfterEach(emulator, gateway);
  const data: unknown[] = [];
  const operations: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      emulator.reset();
      const answer = await gateway.ask(query);
      expect({ query, errors: answer.errors }).toEqual({ query, errors: [] });
      data.push(comparable(answer.data));
      operations.push(emulator.usage().operations);
      refused += emulator.log().filter(({ status }) => status === 400).length;
    }
  }
  return { data, operations, refused, last: operations.slice(-queries.length), learned: gateway.learned.list() };
}

describe('options that no page documents', () => {
  it.each<UndocumentedBehaviour>(['taken', 'refused', 'ignored', 'cut'])(
    'where Graph has them %s: the answers are the same',
    async (how) => {
      const documented = await ask(how, 'documented');
      const learned = await ask(how, 'learned');
      expect(learned.data).toEqual(documented.data);
    },
  );

  it('are not sent at all where only documented ones may be', async () => {
    const { data, refused, learned } = await ask('refused', 'documented');
    expect(refused).toBe(0);
    // Else the last query would say nothing.
    expect(JSON.stringify(data.at(-1))).toContain('"id"');
    expect(learned.filter(([, fact]) => 'verdict' in fact)).toEqual([]);
  });

  it('are not sent for one assignment of a device either', async () => {
    const emulator = await startEmulator({ users: 40, seed: 5, undocumented: 'refused' });
    const gateway = openTestGateway(emulator.url, { options: 'documented' });
    closeAfterEach(emulator, gateway);
    interface Devices {
      readonly nodes: readonly {
        readonly id: string;
        readonly assignments: { readonly nodes: readonly { id: string }[] };
      }[];
    }
    const { data } = await gateway.ask('{ devices(first: 50) { nodes { id assignments { nodes { id } } } } }');
    const device = (data.devices as Devices).nodes.find(({ assignments }) => assignments.nodes.length > 0);
    const id = device?.assignments.nodes[0]?.id ?? '';
    emulator.reset();
    const answer = await gateway.ask(
      `{ device(id: "${device?.id ?? ''}") { assignment(id: "${id}") { id allotment { skuPartNumber } } } }`,
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data.device.assignment).toMatchObject({ id, allotment: { skuPartNumber: expect.any(String) } });
    expect(emulator.log().filter(({ status }) => status === 400)).toEqual([]);
  });

  it('save calls once they are known to be taken', async () => {
    const documented = await ask('taken', 'documented');
    const learned = await ask('taken', 'learned');
    // One call for each list of rights, and one for the users that they are of.
    expect(learned.last.slice(1, 3)).toEqual([21, 21]);
    expect(learned.last.every((count, index) => count <= (documented.last[index] ?? 0))).toBe(true);
  });

  it('cost one refused call each at the most, and nothing from then on', async () => {
    const documented = await ask('refused', 'documented', 1);
    const learned = await ask('refused', 'learned', 7);
    expect(learned.last).toEqual(documented.last);
    expect(learned.refused).toBeLessThanOrEqual(learned.learned.filter(([, fact]) => 'verdict' in fact).length);
  });

  it('that are refused leave no read behind that asks for nothing else', async () => {
    const emulator = await startEmulator({ users: 40, seed: 5, undocumented: 'refused' });
    const gateway = openTestGateway(emulator.url, { options: 'learned' });
    closeAfterEach(emulator, gateway);
    const query = `query ($id: ID!, $right: ID!) { user(id: $id) { usageRight(id: $right) {
      assignments(first: 50) { nodes { allotment { id } assignedTo { id } } } } } }`;
    const rights = await gateway.ask('{ users { nodes { id usageRights { nodes { id } } } } }');
    const holders = rights.data.users.nodes as { id: string; usageRights: { nodes: { id: string }[] } }[];
    const holder = holders.find(({ usageRights }) => usageRights.nodes.length > 0);
    const variables = { id: holder?.id, right: holder?.usageRights.nodes[0]?.id };
    for (let round = 0; round < 4; round += 1) {
      emulator.reset();
      expect((await gateway.ask(query, variables)).errors).toEqual([]);
    }
    expect(emulator.log().map(({ url }) => decodeURIComponent(url))).toEqual([
      expect.stringMatching(/\/usageRights\/\w+\/assignments\?/),
    ]);
    const { data, errors } = await gateway.ask(query.replace('assignments(', 'skuId assignments('), variables);
    expect([errors, data.user.usageRight.skuId]).toEqual([[], expect.any(String)]);
  });

  it.each<UndocumentedBehaviour>(['taken', 'refused', 'ignored'])(
    'where Graph has them %s: the next page is led to by its link, because whole objects hold what is selected of them',
    async (undocumented) => {
      const emulator = await startEmulator({ users: 40, seed: 5, undocumented });
      const gateway = openTestGateway(emulator.url, { options: 'learned' });
      closeAfterEach(emulator, gateway);
      const query = `query ($after: String) {
        assignments(first: 10, after: $after) { nodes { assignedTo { displayName } } pageInfo { endCursor } } }`;
      let after: unknown = null;
      const asked: string[] = [];
      for (let page = 0; page < 4; page += 1) {
        emulator.reset();
        const { data, errors } = await gateway.ask(query, { after });
        expect([errors, data.assignments.nodes.length]).toEqual([[], 10]);
        after = data.assignments.pageInfo.endCursor;
        if (page > 0) asked.push(...emulator.log().map(({ url }) => url));
      }
      expect(asked).toEqual([1, 2, 3].map(() => expect.stringContaining('skiptoken')));
    },
  );
});

describe('an option that Graph took, and refuses from now on', () => {
  it('is tried once more, and then left out; the answer is the same all along', async () => {
    let isTaken = true;
    const graph = await startRawServer((request, response) => {
      const isSent = decodeURIComponent(String(request.url)).includes('assignedTo($select');
      if (isSent && !isTaken) return sendJson(response, { error: { code: 'BadRequest', message: '' } }, 400);
      const assignedTo = { '@odata.type': '#microsoft.graph.user', id: 'u1', displayName: 'Ann' };
      sendJson(response, { value: [{ id: 's1', assignedTo: isSent ? assignedTo : { ...assignedTo, mail: null } }] });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1, options: 'learned' });
    closeAfterEach(graph, gateway);
    const calls: number[] = [];
    for (const taken of [true, true, false, false, false, false]) {
      isTaken = taken;
      const before = graph.requests.length;
      const { data, errors } = await gateway.ask('{ assignments { nodes { assignedTo { displayName } } } }');
      expect([data.assignments.nodes, errors]).toEqual([[{ assignedTo: { displayName: 'Ann' } }], []]);
      calls.push(graph.requests.length - before);
    }
    expect(calls).toEqual([1, 1, 2, 2, 1, 1]);
  });
});

describe('an expansion that Graph passes over for the options on trial inside it', () => {
  it('is asked for without them where nothing else leads to what it brings, and so from then on', async () => {
    const graph = await startRawServer((request, response) => {
      const url = decodeURIComponent(String(request.url));
      const assignedTo = { '@odata.type': '#microsoft.graph.user', id: 'u1', displayName: 'Ann' };
      const waiting = { id: 'w1', ...(/expand=assignedTo(?!\()/.test(url) ? { assignedTo } : {}) };
      if (/waitingMembers\/w1/.test(url)) sendJson(response, waiting);
      else if (/waitingMembers\?/.test(url)) sendJson(response, { value: [waiting] });
      else sendJson(response, { value: [{ id: 'a1' }] });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1, options: 'learned' });
    closeAfterEach(graph, gateway);
    const query = '{ allotments { nodes { waitingMembers { nodes { assignedTo { displayName } } } } } }';
    const trimmed: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = graph.requests.length;
      const { data, errors } = await gateway.ask(query);
      expect(errors).toEqual([]);
      expect(data.allotments.nodes).toEqual([{ waitingMembers: { nodes: [{ assignedTo: { displayName: 'Ann' } }] } }]);
      const asked = graph.requests.slice(before).map(({ path }) => decodeURIComponent(path));
      trimmed.push(asked.filter((path) => /waitingMembers\/w1.*assignedTo\(/.test(path)).length);
    }
    expect(trimmed).toEqual([1, 0, 0]);
  });
});

describe('a failure that says nothing of the options on trial', () => {
  it('costs no second call, and they are tried again by the next', async () => {
    let status = 401;
    const graph = await startRawServer((_, response) =>
      sendJson(response, status === 200 ? { value: [] } : { error: { code: 'Denied', message: '' } }, status),
    );
    const gateway = openTestGateway(graph.url, { batchSize: 1, options: 'learned' });
    closeAfterEach(graph, gateway);
    const query = '{ assignments { nodes { assignedTo { displayName } } } }';
    expect((await gateway.ask(query)).errors).toMatchObject([{ path: 'assignments', code: 'UNAUTHENTICATED' }]);
    status = 200;
    expect((await gateway.ask(query)).errors).toEqual([]);
    const [first, second] = graph.requests.map(({ path }) => decodeURIComponent(path));
    expect(graph.requests).toHaveLength(2);
    expect([first, second === first]).toEqual([expect.stringContaining('assignedTo($select='), true]);
  });
});

describe('a list in an expansion that no page documents, as long as one that was whole', () => {
  it.each([
    ['four: is trusted, since no service is known to cut off below five', 4, 0],
    ['five: is asked for by its own path', 5, 1],
  ])('of %s', async (_, length, calls) => {
    const assignments = Array.from({ length }, (_each, index) => ({ id: `s${index}` }));
    let rights = ['r1'];
    const graph = await startRawServer((request, response) => {
      const isOwn = /usageRights\/r\d\/assignments/.test(String(request.url));
      sendJson(response, { value: isOwn ? assignments : rights.map((id) => ({ id, assignments })) });
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1, options: 'learned' });
    closeAfterEach(graph, gateway);
    const ask = async (): Promise<readonly string[]> => {
      const before = graph.requests.length;
      const { data, errors } = await gateway.ask(
        '{ me { usageRights { nodes { assignments(first: 50) { nodes { id } } } } } }',
      );
      const rows = data.me.usageRights.nodes as { assignments: { nodes: object[] } }[];
      expect([errors, rows.map((row) => row.assignments.nodes.length)]).toEqual([[], rights.map(() => length)]);
      return graph.requests.slice(before).flatMap(({ path }) => /r\d\/assignments/.exec(path)?.[0] ?? []);
    };
    expect(await ask()).toEqual(['r1/assignments']);
    rights = ['r1', 'r2'];
    expect(await ask()).toEqual(['r2/assignments'].slice(0, calls));
  });
});
