import { describe, expect, it } from '@jest/globals';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openTestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const user = guidOf(1);

/** A Graph that answers 404 to a read where something that it would expand is not there any more, and knows these paths. */
async function open(answers: Readonly<Record<string, object>>, options: 'documented' | 'learned', gone: RegExp) {
  const graph = await startRawServer((request, response) => {
    const [path = '', query = ''] = decodeURIComponent(String(request.url)).replace('/beta', '').split('?');
    const body = gone.test(query) ? undefined : answers[path];
    if (body === undefined) sendJson(response, { error: { code: 'Request_ResourceNotFound' } }, 404);
    else sendJson(response, body);
  });
  const gateway = openTestGateway(graph.url, { batchSize: 1, options });
  closeAfterEach(graph, gateway);
  return { gateway, asked: () => graph.requests.length };
}

const assignments = '/admin/cloudLicensing/assignments';

describe.each(['documented', 'learned'] as const)(
  'a 404 for something that was to be expanded (%s options)',
  (options) => {
    it('does not make the object unknown: who has no manager is there', async () => {
      const { gateway } = await open(
        { [`/users/${user}`]: { id: user, displayName: 'Ann' } },
        options,
        /expand=manager/,
      );
      const { data, errors } = await gateway.ask(`{ user(id: "${user}") { displayName manager { displayName } } }`);
      expect([data, errors]).toEqual([{ user: { displayName: 'Ann', manager: null } }, []]);
    });

    it('leaves that one field empty, and what stands beside it comes', async () => {
      const { gateway } = await open(
        { [`${assignments}/s1`]: { id: 's1' }, [`${assignments}/s1/allotment`]: { id: 'a1', skuPartNumber: 'E5' } },
        options,
        /expand=.*assignedTo/,
      );
      const { data, errors } = await gateway.ask(
        '{ assignment(id: "s1") { id assignedTo { displayName } allotment { skuPartNumber } } }',
      );
      const assignment = { id: 's1', assignedTo: null, allotment: { skuPartNumber: 'E5' } };
      expect([data, errors]).toEqual([{ assignment }, []]);
    });

    it('leaves that one field of its item empty, and the list around it comes', async () => {
      const ann = { '@odata.type': '#microsoft.graph.user', id: user, displayName: 'Ann' };
      const { gateway } = await open(
        { [assignments]: { value: [{ id: 's1' }, { id: 's2' }] }, [`${assignments}/s1/assignedTo`]: ann },
        options,
        /expand=/,
      );
      const { data, errors } = await gateway.ask('{ assignments { nodes { id assignedTo { displayName } } } }');
      expect(data.assignments.nodes).toEqual([
        { id: 's1', assignedTo: { displayName: 'Ann' } },
        { id: 's2', assignedTo: null },
      ]);
      expect(errors).toEqual([]);
    });

    it('is an error where nothing but an expansion leads to it: somebody waits', async () => {
      const allotments = '/admin/cloudLicensing/allotments';
      const { gateway } = await open(
        { [allotments]: { value: [{ id: 'a1' }] }, [`${allotments}/a1/waitingMembers`]: { value: [{ id: 'w1' }] } },
        options,
        /expand=/,
      );
      const { data, errors } = await gateway.ask(
        '{ allotments { nodes { waitingMembers { nodes { id assignedTo { id } } } } } }',
      );
      expect(data.allotments.nodes).toEqual([{ waitingMembers: { nodes: [{ id: 'w1', assignedTo: null }] } }]);
      expect(errors).toMatchObject([
        { path: 'allotments.nodes.0.waitingMembers.nodes.0.assignedTo', code: 'NOT_FOUND' },
      ]);
    });

    it('is null where the object itself is not there, which one call more tells', async () => {
      const { gateway, asked } = await open({}, options, /expand=/);
      const { data, errors } = await gateway.ask('{ assignment(id: "s1") { id allotment { skuPartNumber } } }');
      expect([data, errors, asked()]).toEqual([{ assignment: null }, [], 2]);
    });
  },
);
