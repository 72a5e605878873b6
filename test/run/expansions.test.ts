import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer, type RawServer } from '../graph/support/startRawServer.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { guidOf } from './support/startPagedGraph.js';

const skuA = '639dec6b-bb19-468b-871c-c5c441c4b0cb';
const skuB = 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235';

/** A Graph that answers from a function of path and query, decoded; a number is a status. */
async function serve(
  answer: (url: string, root: string) => object | number,
): Promise<{ readonly graph: RawServer; readonly gateway: TestGateway; readonly asked: () => readonly string[] }> {
  let root = '';
  const graph = await startRawServer((request, response) => {
    const found = answer(decodeURIComponent(String(request.url)).replace('/beta', ''), root);
    if (typeof found === 'object') sendJson(response, found);
    else sendJson(response, { error: { code: 'Request_BadRequest', message: 'Not supported.' } }, found);
  });
  root = graph.url;
  const gateway = openTestGateway(graph.url, { batchSize: 1 });
  closeAfterEach(graph, gateway);
  const asked = () => graph.requests.map(({ path }) => decodeURIComponent(path).replace('/beta', ''));
  return { graph, gateway, asked };
}

function waiting(from: number, to: number): readonly object[] {
  return Array.from({ length: to - from }, (_, index) => ({ id: guidOf(from + index) }));
}

const allotment = 'a1';
const waitingQuery = (first: number): string =>
  `{ allotments { nodes { id waitingMembers(first: ${first}) { nodes { id } pageInfo { hasNextPage } } } } }`;

function waitingOf({ data }: TestAnswer): readonly string[] {
  return data.allotments.nodes[0].waitingMembers.nodes.map(({ id }: { id: string }) => id);
}

describe('F28: an expanded list that stops at a round number without a nextLink', () => {
  it.each([20, 30, 50, 100])('has all items where Graph brings %i of more', async (cap) => {
    const { gateway, asked } = await serve((url) =>
      url.includes('/waitingMembers')
        ? { value: waiting(0, cap + 1) }
        : { value: [{ id: allotment, waitingMembers: waiting(0, cap) }] },
    );
    const answer = await gateway.ask(waitingQuery(200));
    expect(answer.errors).toEqual([]);
    expect(waitingOf(answer)).toEqual(waiting(0, cap + 1).map((each) => (each as { id: string }).id));
    expect(asked()).toEqual([
      '/admin/cloudLicensing/allotments?$select=id&$expand=waitingMembers($select=id)&$top=50',
      `/admin/cloudLicensing/allotments/${allotment}/waitingMembers?$select=id`,
    ]);
  });

  it('is no list but an error where the rest cannot be had', async () => {
    const { gateway } = await serve((url) =>
      url.includes('/waitingMembers') ? 403 : { value: [{ id: allotment, waitingMembers: waiting(0, 20) }] },
    );
    const { data, errors } = await gateway.ask(waitingQuery(200));
    expect(data.allotments.nodes).toEqual([{ id: allotment, waitingMembers: null }]);
    expect(errors).toMatchObject([{ path: 'allotments.nodes.0.waitingMembers', code: 'FORBIDDEN' }]);
  });

  it('costs no second call where it is longer than what was asked for', async () => {
    const { gateway, asked } = await serve(() => ({ value: [{ id: allotment, waitingMembers: waiting(0, 20) }] }));
    const answer = await gateway.ask(waitingQuery(5));
    expect(waitingOf(answer)).toHaveLength(5);
    expect(answer.data.allotments.nodes[0].waitingMembers.pageInfo.hasNextPage).toBe(true);
    expect(asked()).toHaveLength(1);
  });

  it('costs no second call where it is no round number', async () => {
    const { gateway, asked } = await serve(() => ({ value: [{ id: allotment, waitingMembers: waiting(0, 19) }] }));
    expect(waitingOf(await gateway.ask(waitingQuery(200)))).toHaveLength(19);
    expect(asked()).toHaveLength(1);
  });
});

describe('F29: an expanded list with a nextLink of its own', () => {
  it('is followed to its end', async () => {
    const { gateway, asked } = await serve((url, root) =>
      url.includes('$skiptoken')
        ? { value: waiting(3, 5) }
        : {
            value: [
              {
                id: allotment,
                waitingMembers: waiting(0, 3),
                'waitingMembers@odata.nextLink': `${root}/admin/cloudLicensing/allotments/a1/waitingMembers?$skiptoken=x`,
              },
            ],
          },
    );
    const answer = await gateway.ask(waitingQuery(200));
    expect(answer.errors).toEqual([]);
    expect(waitingOf(answer)).toHaveLength(5);
    expect(asked()).toHaveLength(2);
  });

  it('that leads in a circle is an error of this list alone', async () => {
    const { gateway } = await serve((_, root) => {
      const link = `${root}/admin/cloudLicensing/allotments/a1/waitingMembers?$skiptoken=x`;
      return {
        value: [{ id: allotment, waitingMembers: [], 'waitingMembers@odata.nextLink': link }],
        '@odata.nextLink': link,
      };
    });
    const { data, errors } = await gateway.ask(
      '{ allotments(first: 1) { nodes { id waitingMembers { nodes { id } } } } }',
    );
    expect(data.allotments.nodes).toEqual([{ id: allotment, waitingMembers: null }]);
    expect(errors).toMatchObject([{ path: 'allotments.nodes.0.waitingMembers', code: 'PAGINATION_LOOP' }]);
  });
});

describe('an $expand that Graph refuses', () => {
  it('is left out, and the relation is read by its own path', async () => {
    const { gateway, asked } = await serve((url) => {
      if (url.includes('$expand')) return 400;
      return url.includes('/waitingMembers') ? { value: waiting(0, 2) } : { value: [{ id: allotment }] };
    });
    const answer = await gateway.ask(waitingQuery(50));
    expect(answer.errors).toEqual([]);
    expect(waitingOf(answer)).toHaveLength(2);
    expect(asked()).toEqual([
      '/admin/cloudLicensing/allotments?$select=id&$expand=waitingMembers($select=id)&$top=50',
      '/admin/cloudLicensing/allotments?$select=id&$expand=waitingMembers&$top=50',
      '/admin/cloudLicensing/allotments?$select=id&$top=50',
      '/admin/cloudLicensing/allotments/a1/waitingMembers?$select=id',
    ]);
  });

  it('costs one call more where only the options inside it are refused', async () => {
    const { gateway, asked } = await serve((url) =>
      url.includes('($') ? 400 : { value: [{ id: allotment, waitingMembers: waiting(0, 2) }] },
    );
    expect(waitingOf(await gateway.ask(waitingQuery(50)))).toHaveLength(2);
    expect(asked()).toHaveLength(2);
  });
});

describe('F34 and F35: objects that are not as documented', () => {
  const assignments = (assignedTo: unknown): object => ({
    value: [
      { id: 's1', disabledServicePlanIds: [], assignedTo },
      { id: 's2', assignedTo: { '@odata.type': '#microsoft.graph.user', id: guidOf(1), displayName: 'Ann' } },
    ],
  });
  const query = '{ assignments { nodes { id assignedTo { __typename id displayName } } } }';

  it.each([
    ['#microsoft.graph.servicePrincipal', 'UnknownDirectoryObject'],
    ['microsoft.graph.device', 'Device'],
    [undefined, 'UnknownDirectoryObject'],
  ])('an assignee of type %s is a %s', async (type, typename) => {
    const { gateway } = await serve(() =>
      assignments({ ...(type === undefined ? {} : { '@odata.type': type }), id: 'x1', displayName: 'X' }),
    );
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.assignments.nodes[0].assignedTo).toEqual({ __typename: typename, id: 'x1', displayName: 'X' });
  });

  it.each(['x', 5, [], true])('an assignee that is %j is an error of its own field', async (assignedTo) => {
    const { gateway } = await serve(() => assignments(assignedTo));
    const { data, errors } = await gateway.ask(query);
    expect(data.assignments.nodes).toMatchObject([{ id: 's1', assignedTo: null }, { assignedTo: { id: guidOf(1) } }]);
    expect(errors).toMatchObject([{ path: 'assignments.nodes.0.assignedTo', code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it('a moment that is none is answered as it came, and a null assignee is looked up', async () => {
    const { gateway } = await serve((url) => {
      if (url.startsWith('/users')) return { value: [{ id: guidOf(1), createdDateTime: '2024-13-45T00:00:00+03:00' }] };
      return url.includes('/s1/assignedTo')
        ? { '@odata.type': '#microsoft.graph.user', id: guidOf(3), displayName: 'Cem' }
        : assignments(null);
    });
    const { data, errors } = await gateway.ask(`{ users { nodes { createdDateTime } } ${query.slice(1)}`);
    expect(errors).toEqual([]);
    expect(data.users.nodes).toEqual([{ createdDateTime: '2024-13-45T00:00:00+03:00' }]);
    expect(data.assignments.nodes[0].assignedTo.displayName).toBe('Cem');
  });

  it.each([
    ['allottedUnits', 'many'],
    ['allottedUnits', 1.5],
    ['skuPartNumber', { en: 'E5' }],
  ])('%s that is %j is an error that says so, and the rest stands', async (property, value) => {
    const { gateway } = await serve(() => ({
      value: [
        { id: 'a1', skuPartNumber: 'A', allottedUnits: 1, [property]: value },
        { id: 'a2', skuPartNumber: 'B', allottedUnits: 2 },
      ],
    }));
    const { data, errors } = await gateway.ask(`{ allotments { nodes { id ${property} } } }`);
    expect(data.allotments.nodes[1].id).toBe('a2');
    expect(errors).toMatchObject([{ path: `allotments.nodes.0.${property}`, code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it('a documented property that is missing is an error of its object alone', async () => {
    const { gateway } = await serve(() => assignments({ '@odata.type': '#microsoft.graph.user', id: guidOf(2) }));
    const { data, errors } = await gateway.ask('{ assignments { nodes { id disabledServicePlanIds } } }');
    expect(data.assignments.nodes).toEqual([{ id: 's1', disabledServicePlanIds: [] }, null]);
    expect(errors).toMatchObject([
      { path: 'assignments.nodes.1.disabledServicePlanIds', code: 'UPSTREAM_BAD_RESPONSE' },
    ]);
  });
});

describe('F64: a filter inside an expansion', () => {
  const rows = [
    { id: 's1', allotment: { id: 'a1', skuId: skuA.toUpperCase(), skuPartNumber: 'A' } },
    { id: 's2' },
    { id: 's3', allotment: null },
    { id: 's4', allotment: { id: 'a2', skuId: skuB, skuPartNumber: 'B' } },
  ];
  const query = `{ assignments(filter: { skuId: { eq: "${skuA}" } }) { nodes { id allotment { skuPartNumber } } } }`;

  it('leaves out the rows whose relation is empty, and those that do not fit', async () => {
    const { gateway, asked } = await serve(() => ({ value: rows }));
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.assignments.nodes).toEqual([{ id: 's1', allotment: { skuPartNumber: 'A' } }]);
    expect(asked()).toEqual([
      `/admin/cloudLicensing/assignments?$select=id&$expand=allotment($filter=skuId eq ${skuA})&$top=999`,
    ]);
  });

  const found = { data: { assignments: { nodes: [{ id: 's1', allotment: { skuPartNumber: 'A' } }] } }, errors: [] };
  const bare = [{ id: 's1' }, { id: 's4' }];
  const ownAllotment = (url: string): object | undefined => {
    if (url.includes('/s1/allotment')) return { id: 'a1', skuId: skuA, skuPartNumber: 'A' };
    return url.includes('/s4/allotment') ? { id: 'a2', skuId: skuB, skuPartNumber: 'B' } : undefined;
  };

  it('that Graph refuses is made here, over the same expansion', async () => {
    const { gateway, asked } = await serve((url) => (url.includes('$filter') ? 400 : { value: rows }));
    expect(await gateway.ask(query)).toMatchObject(found);
    expect(asked().at(-1)).toBe('/admin/cloudLicensing/assignments?$select=id&$expand=allotment');
  });

  it('that Graph passes over with its expansion is made here too', async () => {
    const { gateway } = await serve((url) => {
      const own = ownAllotment(url);
      if (own !== undefined) return own;
      return { value: url.includes('$filter') ? bare : rows };
    });
    expect(await gateway.ask(query)).toMatchObject(found);
  });

  it.each(['refuses', 'passes over'])(
    'where Graph %s every expansion each row is asked for its allotment',
    async (how) => {
      const { gateway } = await serve((url) => {
        const own = ownAllotment(url);
        if (own !== undefined) return own;
        return how === 'refuses' && url.includes('$expand') ? 400 : { value: bare };
      });
      expect(await gateway.ask(query)).toMatchObject(found);
    },
  );

  it('to which nothing fits is an empty list, once the rows have said so themselves', async () => {
    const { gateway, asked } = await serve((url) => ({ value: url.includes('$filter') ? bare : rows.slice(3) }));
    const { data, errors } = await gateway.ask(query);
    expect([data.assignments.nodes, errors]).toEqual([[], []]);
    expect(asked()).toHaveLength(2);
  });

  it('goes on to further pages until enough rows fit', async () => {
    const { gateway } = await serve((url, root) =>
      url.includes('$skiptoken')
        ? { value: rows.slice(0, 1) }
        : { value: rows.slice(1), '@odata.nextLink': `${root}/admin/cloudLicensing/assignments?$skiptoken=x` },
    );
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.assignments.nodes).toEqual([{ id: 's1', allotment: { skuPartNumber: 'A' } }]);
  });
});
