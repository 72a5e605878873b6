import { describe, expect, it } from '@jest/globals';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openTestGateway } from '../support/testGateway.js';

const user = { '@odata.type': '#microsoft.graph.user', id: 'u1', displayName: 'Ann' };
const waiting = { id: 'w1', waitingSinceDateTime: '2025-01-01T00:00:00Z' };

/** A Graph that answers 403 to whatever reads one relation, on its own path or expanded in another read. */
async function open(relation: RegExp, options: 'documented' | 'learned') {
  const graph = await startRawServer((request, response) => {
    const url = decodeURIComponent(String(request.url));
    if (relation.test(url)) return sendJson(response, { error: { code: 'Authorization_RequestDenied' } }, 403);
    const expands = (navigation: string): boolean => url.includes(`${navigation}`) && url.includes('$expand=');
    const one = {
      id: 's1',
      ...(expands('assignedTo') ? { assignedTo: user } : {}),
      ...(expands('allotment') ? { allotment: { id: 'a1', skuPartNumber: 'E5' } } : {}),
    };
    if (/\/assignments\/s1\/assignedTo/.test(url)) sendJson(response, user);
    else if (/\/assignments\/s1\/allotment/.test(url)) sendJson(response, { id: 'a1', skuPartNumber: 'E5' });
    else if (/\/assignments\?/.test(url)) sendJson(response, { value: [one] });
    else if (/\/waitingMembers\/w1/.test(url)) sendJson(response, { id: 'w1', assignedTo: user });
    else if (/\/waitingMembers\?/.test(url)) sendJson(response, { value: [waiting] });
    else if (/\/allotments\?/.test(url)) sendJson(response, { value: [{ id: 'a1', skuPartNumber: 'E5' }] });
    else sendJson(response, { error: { code: 'ResourceNotFound' } }, 404);
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1, options });
  closeAfterEach(graph, gateway);
  return { gateway, asked: () => graph.requests.map(({ path }) => decodeURIComponent(path).slice('/beta'.length)) };
}

describe.each(['documented', 'learned'] as const)(
  'an expansion that the caller may not see (%s options)',
  (options) => {
    it('costs its own field and not the list around it', async () => {
      const { gateway } = await open(/waitingMembers/, options);
      const { data, errors } = await gateway.ask(
        '{ allotments { nodes { skuPartNumber waitingMembers { nodes { id } } } } }',
      );
      expect(data.allotments.nodes).toEqual([{ skuPartNumber: 'E5', waitingMembers: null }]);
      expect(errors).toMatchObject([{ path: 'allotments.nodes.0.waitingMembers', code: 'FORBIDDEN' }]);
    });

    it('leaves what is expanded beside it', async () => {
      const { gateway } = await open(/assignedTo/, options);
      const { data, errors } = await gateway.ask(
        '{ assignments { nodes { id assignedTo { displayName } allotment { skuPartNumber } } } }',
      );
      expect(data.assignments.nodes).toEqual([{ id: 's1', assignedTo: null, allotment: { skuPartNumber: 'E5' } }]);
      expect(errors).toMatchObject([{ path: 'assignments.nodes.0.assignedTo', code: 'FORBIDDEN' }]);
    });

    it('is forbidden, and asked for once, where nothing but an expansion leads to it', async () => {
      const { gateway, asked } = await open(/assignedTo/, options);
      const { data, errors } = await gateway.ask(
        '{ allotments { nodes { waitingMembers { nodes { id assignedTo { displayName } } } } } }',
      );
      expect(data.allotments.nodes).toEqual([{ waitingMembers: { nodes: [{ id: 'w1', assignedTo: null }] } }]);
      expect(errors).toMatchObject([
        { path: 'allotments.nodes.0.waitingMembers.nodes.0.assignedTo', code: 'FORBIDDEN' },
      ]);
      expect(asked().filter((path) => path.includes('/waitingMembers/w1') && !path.includes('$expand'))).toEqual([]);
    });

    it('that a filter stands in fails the list: nobody can say what fits', async () => {
      const { gateway } = await open(/allotment[(?]|allotment$/, options);
      const { data, errors } = await gateway.ask(
        '{ assignments(filter: { skuId: { eq: "639dec6b-bb19-468b-871c-c5c441c4b0cb" } }) { nodes { id } } }',
      );
      expect([data, errors]).toMatchObject([{ assignments: null }, [{ path: 'assignments', code: 'FORBIDDEN' }]]);
    });
  },
);

describe('a list that is forbidden itself', () => {
  it('is asked for once where nothing is expanded, and once more without the expansions where something is', async () => {
    const { gateway, asked } = await open(/\/assignments/, 'documented');
    expect((await gateway.ask('{ assignments { nodes { id } } }')).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(asked()).toHaveLength(1);
    const { errors } = await gateway.ask('{ assignments { nodes { allotment { skuPartNumber } } } }');
    expect(errors).toMatchObject([{ path: 'assignments', code: 'FORBIDDEN' }]);
    expect(asked()).toHaveLength(3);
  });
});
