import { describe, expect, it } from '@jest/globals';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { sendJson, startRawServer, type RawServer } from '../graph/support/startRawServer.js';
import { openTestGateway, type TestAnswer, type TestGateway } from '../support/testGateway.js';
import { LearnedOptions } from '../../src/run/learned/LearnedOptions.js';
import { ManualClock } from '../support/ManualClock.js';
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

describe('F28 and R14: an expanded list that is cut off without a nextLink', () => {
  const listed = '/admin/cloudLicensing/allotments?$select=id&$expand=waitingMembers($select=id)&$top=50';
  const own = (id: string, top: number): string =>
    `/admin/cloudLicensing/allotments/${id}/waitingMembers?$select=id&$top=${top}`;
  const idsOf = (from: number, to: number): readonly string[] =>
    waiting(from, to).map((each) => (each as { id: string }).id);

  it.each([7, 15, 20, 25, 30, 56, 100])('has all items where Graph brings %i of more', async (cap) => {
    const { gateway, asked } = await serve((url) =>
      url.includes('/waitingMembers')
        ? { value: waiting(0, cap + 1) }
        : { value: [{ id: allotment, waitingMembers: waiting(0, cap) }] },
    );
    const answer = await gateway.ask(waitingQuery(200));
    expect(answer.errors).toEqual([]);
    expect(waitingOf(answer)).toEqual(idsOf(0, cap + 1));
    expect(answer.data.allotments.nodes[0].waitingMembers.pageInfo.hasNextPage).toBe(false);
    expect(asked()).toEqual([listed, own(allotment, 200)]);
  });

  it('is not a list but an error where the rest cannot be had', async () => {
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

  it('costs no second call where it is shorter than any cap that is known', async () => {
    const { gateway, asked } = await serve(() => ({ value: [{ id: allotment, waitingMembers: waiting(0, 6) }] }));
    expect(waitingOf(await gateway.ask(waitingQuery(200)))).toHaveLength(6);
    expect(asked()).toHaveLength(1);
  });

  it('that turned out to be whole is asked for once: what is no longer is trusted from then on', async () => {
    const lengths = [9, 19, 12];
    const rows = lengths.map((length, index) => ({ id: `a${index}`, waitingMembers: waiting(0, length) }));
    const { gateway, asked } = await serve((url) => {
      const [, place] = /a(\d)\/waitingMembers/.exec(url) ?? [];
      return { value: place === undefined ? rows : waiting(0, lengths[Number(place)] ?? 0) };
    });
    for (let time = 0; time < 3; time += 1) {
      const { data, errors } = await gateway.ask(waitingQuery(200));
      expect(errors).toEqual([]);
      expect(
        data.allotments.nodes.map(
          ({ waitingMembers }: { waitingMembers: { nodes: object[] } }) => waitingMembers.nodes.length,
        ),
      ).toEqual(lengths);
    }
    // The longest tells of all that are shorter.
    expect(asked()).toEqual([listed, own('a1', 200), listed, listed]);
  });

  it('that is as long as one that was whole may be cut off just there: all of that length are asked for', async () => {
    const truth = [20, 25, 20, 19];
    const rows = truth.map((length, index) => ({ id: `a${index}`, waitingMembers: waiting(0, Math.min(length, 20)) }));
    let shown = rows.slice(0, 1);
    const { gateway, asked } = await serve((url) => {
      const [, place] = /a(\d)\/waitingMembers/.exec(url) ?? [];
      return { value: place === undefined ? shown : waiting(0, truth[Number(place)] ?? 0) };
    });
    const lengths = async (): Promise<readonly number[]> =>
      (await gateway.ask(waitingQuery(200))).data.allotments.nodes.map(
        ({ waitingMembers }: { waitingMembers: { nodes: object[] } }) => waitingMembers.nodes.length,
      );
    expect([await lengths(), await lengths()]).toEqual([[20], [20]]);
    // The one is not asked for again; it says nothing of the others.
    expect(asked()).toEqual([listed, own('a0', 200), listed]);
    shown = rows;
    expect([await lengths(), await lengths()]).toEqual([truth, truth]);
  });

  it('that was whole is asked for again after a minute: it may have grown, and be cut off where it ended then', async () => {
    let truth = 20;
    const { graph } = await serve((url) =>
      url.includes('/waitingMembers')
        ? { value: waiting(0, truth) }
        : { value: [{ id: allotment, waitingMembers: waiting(0, Math.min(truth, 20)) }] },
    );
    const clock = new ManualClock();
    const gateway = openTestGateway(graph.url, { batchSize: 1, learned: new LearnedOptions(clock) });
    closeAfterEach(gateway);
    const count = async (): Promise<number> => waitingOf(await gateway.ask(waitingQuery(200))).length;
    expect(await count()).toBe(20);
    clock.advance(60_000);
    truth = 25;
    expect(await count()).toBe(25);
  });

  it('that was whole for one caller says nothing of it for another, who may see more of it', async () => {
    let truth = 20;
    const { graph } = await serve((url) =>
      url.includes('/waitingMembers')
        ? { value: waiting(0, truth) }
        : { value: [{ id: allotment, waitingMembers: waiting(0, 20) }] },
    );
    const learned = new LearnedOptions();
    const count = async (callerKey: string): Promise<number> => {
      const gateway = openTestGateway(graph.url, { batchSize: 1, learned, callerKey });
      closeAfterEach(gateway);
      return waitingOf(await gateway.ask(waitingQuery(200))).length;
    };
    expect(await count('one')).toBe(20);
    truth = 25;
    expect(await count('another')).toBe(25);
  });

  it('whose cap was seen is read by its own path from then on, and shorter ones are trusted', async () => {
    const rows = [8, 11, 11].map((length, index) => ({ id: `a${index}`, waitingMembers: waiting(0, length) }));
    const { gateway, asked } = await serve((url) => ({
      value: url.includes('/waitingMembers') ? waiting(0, 30) : rows,
    }));
    const lengths = async (): Promise<readonly number[]> =>
      (await gateway.ask(waitingQuery(200))).data.allotments.nodes.map(
        ({ waitingMembers }: { waitingMembers: { nodes: object[] } }) => waitingMembers.nodes.length,
      );
    expect(await lengths()).toEqual([8, 30, 30]);
    expect(await lengths()).toEqual([8, 30, 30]);
    expect(asked()).toEqual([listed, own('a1', 200), own('a2', 200), listed, own('a1', 200), own('a2', 200)]);
  });

  it('is verified by every relation for itself', async () => {
    const right = { id: 'r1', assignments: waiting(0, 8), allotments: waiting(0, 8) };
    const { gateway } = await serve((url) => {
      if (url.includes('/r1/assignments') && url.includes('$expand=allotment'))
        return { value: waiting(0, 9).map((each) => ({ ...each, allotment: each })) };
      return url.includes('/r1/assignments') ? { value: waiting(0, 10) } : { value: [right] };
    });
    const { data, errors } = await gateway.ask(
      `{ group(id: "${guidOf(1)}") { usageRights { nodes { allotments { id } assignments(first: 99) { nodes { id } } } } } }`,
    );
    expect(errors).toEqual([]);
    const [found] = data.group.usageRights.nodes;
    expect([found.allotments.length, found.assignments.nodes.length]).toEqual([9, 10]);
  });

  it.each([
    [19, 19, 1],
    [20, 21, 2],
  ])('of a directory object: %i of the 20 that a page states are %i, in %i calls', async (length, whole, calls) => {
    const { gateway, asked } = await serve((url) =>
      url.includes('/members')
        ? { value: waiting(0, 21) }
        : { value: [{ id: guidOf(1), members: waiting(0, length) }] },
    );
    const { data, errors } = await gateway.ask('{ groups { nodes { members(first: 20) { nodes { id } } } } }');
    expect(errors).toEqual([]);
    expect(data.groups.nodes[0].members.nodes).toHaveLength(Math.min(whole, 20));
    expect(asked()).toHaveLength(calls);
  });
});

describe('a collection whose length is in doubt, and whose own path is slow', () => {
  it('keeps no other query waiting that is in doubt of the same', async () => {
    let hold: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      hold = resolve;
    });
    let isAsked: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const graph = await startRawServer((request, response) => {
      const [, id = '', isOwn] = /allotments\/(\w+)(\/waitingMembers)?/.exec(String(request.url)) ?? [];
      if (isOwn === undefined) return sendJson(response, { id, waitingMembers: waiting(0, 8) });
      if (id !== 'slow') return sendJson(response, { value: waiting(0, 8) });
      isAsked?.();
      void held.then(() => sendJson(response, { value: waiting(0, 8) }));
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const ask = (id: string): Promise<TestAnswer> =>
      gateway.ask(`{ allotment(id: "${id}") { waitingMembers { nodes { id } } } }`);
    const slow = ask('slow');
    await asked;
    expect((await ask('quick')).data.allotment.waitingMembers.nodes).toEqual(waiting(0, 8));
    hold?.();
    expect((await slow).data.allotment.waitingMembers.nodes).toEqual(waiting(0, 8));
  });
});

describe('F29: an expanded list with a nextLink of its own', () => {
  /** An allotment with three who wait, and a link to more of them. */
  const firstOfTwo = (root: string): object => {
    const link = `${root}/admin/cloudLicensing/allotments/a1/waitingMembers?$skiptoken=x`;
    return { value: [{ id: allotment, waitingMembers: waiting(0, 3), 'waitingMembers@odata.nextLink': link }] };
  };

  it('is followed to its end', async () => {
    const { gateway, asked } = await serve((url, root) =>
      url.includes('$skiptoken') ? { value: waiting(3, 5) } : firstOfTwo(root),
    );
    const answer = await gateway.ask(waitingQuery(200));
    expect(answer.errors).toEqual([]);
    expect(waitingOf(answer)).toHaveLength(5);
    expect(asked()).toHaveLength(2);
  });

  it('is followed no further than was asked for, and says that there is more', async () => {
    const { gateway, asked } = await serve((url, root) =>
      url.includes('skiptoken=')
        ? { value: waiting(2, 4), '@odata.nextLink': `${root}/x?$skiptoken=2` }
        : {
            value: [
              {
                id: allotment,
                waitingMembers: waiting(0, 2),
                'waitingMembers@odata.nextLink': `${root}/admin/cloudLicensing/allotments/${allotment}/waitingMembers?$skiptoken=1`,
              },
            ],
          },
    );
    const more = async (first: number): Promise<unknown> => {
      const answer = await gateway.ask(waitingQuery(first));
      expect(answer.errors).toEqual([]);
      return [waitingOf(answer).length, answer.data.allotments.nodes[0].waitingMembers.pageInfo.hasNextPage];
    };
    expect([await more(1), asked().length]).toEqual([[1, true], 1]);
    expect([await more(3), asked().length]).toEqual([[3, true], 3]);
  });

  it('has an item once that moved to the next page in the meantime', async () => {
    const { gateway } = await serve((url, root) =>
      url.includes('$skiptoken') ? { value: waiting(2, 5) } : firstOfTwo(root),
    );
    expect(waitingOf(await gateway.ask(waitingQuery(200)))).toEqual(
      waiting(0, 5).map((each) => (each as { id: string }).id),
    );
  });

  it.each([42, '', true, {}, ['x']])('that is %j and no link is an error of this list alone (R6)', async (link) => {
    const { gateway } = await serve(() => ({
      value: [
        { id: allotment, waitingMembers: waiting(0, 2), 'waitingMembers@odata.nextLink': link },
        { id: 'a2', waitingMembers: waiting(0, 1) },
      ],
    }));
    const { data, errors } = await gateway.ask(waitingQuery(50));
    expect(data.allotments.nodes).toMatchObject([
      { id: allotment, waitingMembers: null },
      { id: 'a2', waitingMembers: { nodes: waiting(0, 1) } },
    ]);
    expect(errors).toMatchObject([{ path: 'allotments.nodes.0.waitingMembers', code: 'UPSTREAM_BAD_RESPONSE' }]);
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
      '/admin/cloudLicensing/allotments/a1/waitingMembers?$select=id&$top=50',
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

describe('a second read of a row, for what only its own path can expand', () => {
  it('that fails leaves the relation to its own calls', async () => {
    const graph = await startRawServer((request, response) => {
      const url = decodeURIComponent(String(request.url));
      if (url.includes('/assignments')) sendJson(response, { value: [{ id: 's1', allotment: { id: allotment } }] });
      else if (url.includes('/usageRights?')) sendJson(response, { value: [{ id: 'r1' }] });
      else sendJson(response, { error: { code: 'Authorization_RequestDenied', message: '' } }, 403);
    });
    const gateway = openTestGateway(graph.url, { batchSize: 1 });
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(
      `{ user(id: "${guidOf(1)}") { usageRights { nodes { allotments { id } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.user.usageRights.nodes).toEqual([{ allotments: [{ id: allotment }] }]);
    expect(graph.requests.map(({ path }) => decodeURIComponent(path).split('?')[0])).toContain(
      `/beta/users/${guidOf(1)}/cloudLicensing/usageRights/r1`,
    );
  });
});

describe('an $expand of what may be nothing, that Graph passes over', () => {
  it('takes nothing for nobody: each is asked, though the first has none', async () => {
    const { gateway } = await serve((url) => {
      const [, number] = /users\/\S+(\d)\/manager/.exec(url) ?? [];
      if (number === undefined) return { value: [1, 2, 3].map((each) => ({ id: guidOf(each) })) };
      return number === '1' ? 404 : { id: guidOf(9) };
    });
    const { data, errors } = await gateway.ask('{ users { nodes { manager { id } } } }');
    expect(errors).toEqual([]);
    expect(data.users.nodes).toEqual([null, { id: guidOf(9) }, { id: guidOf(9) }].map((manager) => ({ manager })));
  });

  it('is trusted once one came with it', async () => {
    const { gateway, asked } = await serve(() => ({
      value: [{ id: guidOf(1) }, { id: guidOf(2), manager: { id: guidOf(9) } }],
    }));
    const { data } = await gateway.ask('{ users { nodes { manager { id } } } }');
    expect(data.users.nodes).toEqual([{ manager: null }, { manager: { id: guidOf(9) } }]);
    expect(asked()).toHaveLength(1);
  });
});

describe('a later page that has lost the expansions of the first, and whose link does not name them', () => {
  const pages = (isNull: boolean) => (url: string, root: string) => {
    const [, number] = /users\/\S+(\d)\/manager/.exec(url) ?? [];
    if (number !== undefined) return { id: guidOf(Number(number) + 10) };
    if (url.includes('$skiptoken')) return { value: [{ id: guidOf(2), ...(isNull ? { manager: null } : {}) }] };
    const link = `${root}/users?$skiptoken=x`;
    return { value: [{ id: guidOf(1), manager: { id: guidOf(11) } }], '@odata.nextLink': link };
  };
  const query = '{ users(first: 100) { nodes { manager { id } } pageInfo { endCursor } } }';

  it('has the objects all the same, each asked for by its own path; behind a cursor too', async () => {
    const { gateway } = await serve(pages(false));
    const first = await gateway.ask('{ users(first: 1) { nodes { manager { id } } pageInfo { endCursor } } }');
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.users.nodes).toEqual([{ manager: { id: guidOf(11) } }, { manager: { id: guidOf(12) } }]);
    const after = String(first.data.users.pageInfo.endCursor);
    const next = await gateway.ask(`{ users(first: 100, after: "${after}") { nodes { manager { id } } } }`);
    expect(next.data.users.nodes).toEqual([{ manager: { id: guidOf(12) } }]);
  });

  it('is not doubted where it says that there is none', async () => {
    const { gateway } = await serve(pages(true));
    const { data } = await gateway.ask(query);
    expect(data.users.nodes).toEqual([{ manager: { id: guidOf(11) } }, { manager: null }]);
  });
});

describe('an expanded object without all that was wanted, that is not there when it is asked for', () => {
  it('has errors where its properties would be, and no nulls', async () => {
    const { gateway } = await serve((url) => {
      if (url.includes('/assignments/')) {
        return { id: 's1', assignedTo: { '@odata.type': '#microsoft.graph.user', id: guidOf(5), displayName: 'Ann' } };
      }
      return url.includes('getByIds') ? { value: [] } : 404;
    });
    const { data, errors } = await gateway.ask(
      '{ assignment(id: "s1") { assignedTo { displayName ... on User { mail } } } }',
    );
    expect(data.assignment.assignedTo).toEqual({ displayName: 'Ann', mail: null });
    expect(errors).toMatchObject([{ path: 'assignment.assignedTo.mail', code: 'NOT_FOUND' }]);
  });
});

describe('an expanded object without a property that may be null', () => {
  it('is whole, and not asked for again', async () => {
    const { gateway, asked } = await serve(() => ({ value: [{ id: 's1', allotment: { id: allotment } }] }));
    const { data, errors } = await gateway.ask('{ assignments { nodes { allotment { externalServiceIdentifier } } } }');
    expect(errors).toEqual([]);
    expect(data.assignments.nodes).toEqual([{ allotment: { externalServiceIdentifier: null } }]);
    expect(asked()).toHaveLength(1);
  });
});

describe('an assignee whose type Graph does not name', () => {
  it.each([undefined, '#microsoft.graph.servicePrincipal'])(
    '%s: may be a group, so that nobody says it is direct',
    async (type) => {
      const { gateway } = await serve((url) => {
        const assignments = [{ id: 's1', assignedTo: { '@odata.type': type, id: guidOf(5), displayName: 'S' } }];
        return url.includes('/assignments') ? { value: assignments } : { id: 'r1', skuId: skuA };
      });
      const { data, errors } = await gateway.ask(
        `{ user(id: "${guidOf(1)}") { usageRight(id: "r1") { skuId origin inheritedFrom { id } } } }`,
      );
      expect(data.user.usageRight).toEqual({ skuId: skuA, origin: null, inheritedFrom: null });
      expect(errors).toMatchObject([
        { path: 'user.usageRight.origin', code: 'UPSTREAM_BAD_RESPONSE' },
        { path: 'user.usageRight.inheritedFrom', code: 'UPSTREAM_BAD_RESPONSE' },
      ]);
    },
  );
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

  it('a null assignee is looked up', async () => {
    const { gateway } = await serve((url) =>
      url.includes('/s1/assignedTo')
        ? { '@odata.type': '#microsoft.graph.user', id: guidOf(3), displayName: 'Cem' }
        : assignments(null),
    );
    const { data, errors } = await gateway.ask(query);
    expect(errors).toEqual([]);
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

  it.each([{}, 'odd', null])('services that are %j say nothing of the plans that are off', async (services) => {
    const { gateway } = await serve(() => ({
      value: [{ id: 's1', disabledServicePlanIds: [guidOf(9)], allotment: { id: 'a1', services } }],
    }));
    const { data, errors } = await gateway.ask(
      '{ assignments { nodes { id disabledServices { planId assignableTo } } } }',
    );
    expect(data.assignments.nodes).toEqual([{ id: 's1', disabledServices: null }]);
    expect(errors).toMatchObject([{ path: 'assignments.nodes.0.disabledServices', code: 'UPSTREAM_BAD_RESPONSE' }]);
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

  it('that Graph refuses is asked for once in the same words, also where more was tried inside the expansion before', async () => {
    const { graph, asked } = await serve((url) => (url.includes('$filter') ? 400 : { value: rows }));
    const gateway = openTestGateway(graph.url, { batchSize: 1, options: 'learned' });
    closeAfterEach(gateway);
    expect(await gateway.ask(query)).toMatchObject(found);
    const before = asked().length;
    expect(await gateway.ask(query)).toMatchObject(found);
    const again = asked().slice(before);
    expect(again).toEqual([...new Set(again)]);
    expect(again.at(-1)).toBe('/admin/cloudLicensing/assignments?$select=id&$expand=allotment');
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

  it.each(['refuses', 'passes over'])(
    'where Graph %s every expansion the rows of each page are asked, also behind an empty page',
    async (how) => {
      const pages = [[], bare.slice(0, 1), bare.slice(1), [{ id: 's5' }]];
      const { gateway } = await serve((url, root) => {
        if (url.includes('/s5/allotment')) return { id: 'a1', skuId: skuA, skuPartNumber: 'A' };
        const own = ownAllotment(url);
        if (own !== undefined) return own;
        if (how === 'refuses' && url.includes('$expand')) return 400;
        const page = Number(/skiptoken=(\d)/.exec(url)?.[1] ?? 0);
        const next = { '@odata.nextLink': `${root}/admin/cloudLicensing/assignments?$skiptoken=${page + 1}` };
        return { value: pages[page], ...(page < 3 ? next : {}) };
      });
      const { data, errors } = await gateway.ask(
        `{ assignments(filter: { skuId: { eq: "${skuA}" } }) { nodes { id } } }`,
      );
      expect(errors).toEqual([]);
      expect(data.assignments.nodes).toEqual([{ id: 's1' }, { id: 's5' }]);
    },
  );

  it('to which nothing fits is an empty list, once the rows have said so themselves', async () => {
    const { gateway, asked } = await serve((url) => ({ value: url.includes('$filter') ? bare : rows.slice(3) }));
    const { data, errors } = await gateway.ask(query);
    expect([data.assignments.nodes, errors]).toEqual([[], []]);
    expect(asked()).toHaveLength(2);
  });

  it('does not fit what has no SKU: products of others have none', async () => {
    const other = [{ id: 's9', allotment: { id: 'a9', skuPartNumber: 'OTHER' } }];
    const { gateway } = await serve((url) => ({ value: url.includes('$filter') ? bare.slice(0, 1) : other }));
    const { data, errors } = await gateway.ask(query);
    expect([data.assignments.nodes, errors]).toEqual([[], []]);
  });

  const both = `eq: "${skuA}", in: ["${skuA}", "${skuB}"]`;

  it.each([
    [both, ['s1']],
    [`eq: "${skuA}", in: ["${skuB}"]`, []],
  ])('that says two things keeps what both fit: %s', async (comparisons, ids) => {
    const { gateway, asked } = await serve(() => ({ value: rows }));
    const { data, errors } = await gateway.ask(
      `{ assignments(filter: { skuId: { ${comparisons} } }) { nodes { id } } }`,
    );
    expect([data.assignments.nodes, errors]).toEqual([ids.map((id) => ({ id })), []]);
    expect(asked()[0]).toMatch(/\$expand=allotment\(\$filter=skuId eq \S+ and skuId (in|eq) /);
  });

  it.each([`eq: "${skuA}"`, both])(
    'has an error for a row of which nobody can say whether it fits, and does not leave it out: %s',
    async (comparisons) => {
      const odd = ['a1', [], { id: 'a2', skuId: 42 }].map((allotment, index) => ({ id: `odd${index}`, allotment }));
      const { gateway } = await serve(() => ({ value: [...rows, ...odd] }));
      const { data, errors } = await gateway.ask(query.replace(`eq: "${skuA}"`, comparisons));
      expect(data.assignments.nodes).toEqual([{ id: 's1', allotment: { skuPartNumber: 'A' } }, null, null, null]);
      expect(errors.map(({ path, code }) => `${path} ${String(code)}`)).toEqual(
        [1, 2, 3].map((place) => `assignments.nodes.${place} UPSTREAM_BAD_RESPONSE`),
      );
    },
  );

  it.each([
    ['is no object', null, [{ id: 's1', allotment: { skuPartNumber: 'A' } }, null], 'assignments.nodes.1'],
    ['cannot be asked for its allotment', { id: 's/4' }, undefined, 'assignments'],
  ])('does not leave out a row that %s, where each is asked for its allotment', async (_, odd, nodes, path) => {
    const { gateway } = await serve((url) => ownAllotment(url) ?? { value: [{ id: 's1' }, odd] });
    const { data, errors } = await gateway.ask(query);
    expect(data.assignments?.nodes).toEqual(nodes);
    expect(errors).toMatchObject([{ path, code: 'UPSTREAM_BAD_RESPONSE' }]);
  });

  it('is made here for the rows of a later page that has lost the expansion', async () => {
    const { gateway } = await serve((url, root) => {
      const own = ownAllotment(url);
      if (own !== undefined) return own;
      if (url.includes('$skiptoken')) return { value: bare };
      return { value: rows.slice(3), '@odata.nextLink': `${root}/admin/cloudLicensing/assignments?$skiptoken=x` };
    });
    expect(await gateway.ask(query)).toMatchObject(found);
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
