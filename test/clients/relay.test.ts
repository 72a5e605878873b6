import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  commitMutation,
  ConnectionHandler,
  createOperationDescriptor,
  fetchQuery,
  type ConcreteRequest,
  type Environment,
  type GraphQLTaggedNode,
  type Variables,
} from 'relay-runtime';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { createRelayEnvironment, retryDelay } from '../../examples/clients/relay.js';
import { askPlainly, findFreeSeat, findSharedRight, findTwoPlans } from './findCases.js';
import { openClientStand, type ClientStand } from './openClientStand.js';
import { compileRelayProject, type CompiledProject } from './relay/compileRelayProject.js';
import { PaginationFragment } from './relay/PaginationFragment.js';

let stand: ClientStand;
let compiled: CompiledProject;
let environment: Environment;
beforeAll(async () => {
  [stand, compiled] = await Promise.all([openClientStand(), compileRelayProject()]);
});
beforeEach(() => {
  stand.emulator.reset();
  stand.sent.length = 0;
  environment = createRelayEnvironment(stand.url, { fetch: stand.fetch });
});
afterAll(() => Promise.all([stand.close(), compiled.remove()]));

/** Asks, and keeps what comes for as long as the environment lives. */
async function ask<TData>(request: ConcreteRequest, variables: Variables): Promise<TData> {
  environment.retain(createOperationDescriptor(request, variables));
  const query = request as unknown as GraphQLTaggedNode;
  return (await fetchQuery(environment, query, variables).toPromise()) as TData;
}

/** Asks a query that spreads a fragment on one of its fields, and gives the fragment. */
async function open(name: string, field: string, id: string): Promise<PaginationFragment> {
  const [request, fragment] = [await compiled.request(`${name}Query`), await compiled.fragment(`${name}_${field}`)];
  const data = await ask<Record<string, unknown>>(request, { id });
  return new PaginationFragment(environment, ask, fragment, data[field]);
}

/** What was asked for, by the names of the operations. */
const operations = (): readonly (string | undefined)[] =>
  stand.sent.map(({ asked }) => /^(?:query|mutation) (\w+)/.exec(String(asked.query))?.[1]);

interface Right {
  readonly usageRightId: string;
  readonly owner: { readonly __typename: string; readonly id: string };
}

interface Rights {
  readonly user: { readonly usageRight: Right };
  readonly group: { readonly usageRight: Right };
}

describe('the store of Relay', () => {
  it('never mixes the rights of a user and a group that have one id in Graph', async () => {
    const { userId, groupId, usageRightId } = await findSharedRight(stand);
    const variables = { user: userId, group: groupId, right: usageRightId };
    const { user, group } = await ask<Rights>(await compiled.request('SharedRightQuery'), variables);
    expect(user.usageRight).toMatchObject({ usageRightId, owner: { __typename: 'User', id: userId } });
    expect(group.usageRight).toMatchObject({ usageRightId, owner: { __typename: 'Group', id: groupId } });
  });

  it('keeps an object under its nodeId, by which nodes finds it again', async () => {
    const { userId, groupId, usageRightId } = await findSharedRight(stand);
    const variables = { user: userId, group: groupId, right: usageRightId };
    const { user, group } = await ask<Rights>(await compiled.request('SharedRightQuery'), variables);
    const source = environment.getStore().getSource();
    const nodeIds = source.getRecordIDs().filter((id) => source.get(id)?.__typename === 'UsageRight');
    expect(nodeIds).toHaveLength(2);
    const { nodes } = await ask<{ nodes: readonly Right[] }>(await compiled.request('SharedRightNodesQuery'), {
      nodeIds,
    });
    const { __typename: _user, ...ofUser } = user.usageRight.owner;
    const { __typename: _group, ...ofGroup } = group.usageRight.owner;
    expect(nodes.map(({ owner }) => owner)).toEqual(expect.arrayContaining([ofUser, ofGroup]));
  });
});

describe('a refetchable fragment', () => {
  it('needs no request for an object that the store has', async () => {
    const { userId } = await findSharedRight(stand);
    const { nodeId } = (await open('UserRights', 'user', userId)).read();
    const request = await compiled.request('UserRightsRefetchQuery');
    expect(environment.check(createOperationDescriptor(request, { nodeId })).status).toBe('available');
    const other = { nodeId: String(nodeId).slice(1) };
    expect(environment.check(createOperationDescriptor(request, other)).status).toBe('missing');
  });

  it('on a user is read again by its nodeId', async () => {
    const { userId } = await findSharedRight(stand);
    const user = await open('UserRights', 'user', userId);
    const before = user.read();
    await user.refetch();
    expect(user.read()).toEqual(before);
    expect(operations()).toEqual(['UserRightsQuery', 'UserRightsRefetchQuery']);
  });

  it('grows by loadNext to the whole list, each item once', async () => {
    const [id = ''] = stand.emulator.tenant.allotments;
    const allotment = await open('AllotmentAssignments', 'allotment', id);
    expect(allotment.connection().edges).toHaveLength(2);
    while (allotment.connection().pageInfo.hasNextPage) await allotment.loadNext(7);
    const ids = allotment.connection().edges.map(({ node }) => node.id);
    expect(ids.toSorted()).toEqual((await assignmentsOf(id)).toSorted());
    expect(new Set(operations().slice(1))).toEqual(new Set(['AllotmentAssignmentsRefetchQuery']));
  });
});

/** The ids of all assignments of an allotment, in one page. */
async function assignmentsOf(id: string): Promise<readonly string[]> {
  const query = `{ allotment(id: "${id}") { assignments(first: 999) { nodes { id } } } }`;
  const { allotment } = await askPlainly<{ allotment: { assignments: { nodes: { id: string }[] } } }>(stand, query);
  return allotment.assignments.nodes.map((each) => each.id);
}

interface Created {
  readonly createAssignment: { readonly assignment: { readonly id: string } };
}

function commit<TData>(request: ConcreteRequest, variables: Variables): Promise<TData> {
  const mutation = request as unknown as GraphQLTaggedNode;
  return new Promise((resolve, reject) => {
    const onCompleted = (data: unknown): void => resolve(data as TData);
    commitMutation(environment, { mutation, variables, onCompleted, onError: reject });
  });
}

describe('a change by Relay', () => {
  it('adds to a list and takes away from it, by @appendNode and @deleteEdge', async () => {
    const { allotmentId, userId } = await findFreeSeat(stand);
    const allotment = await open('AllotmentAssignments', 'allotment', allotmentId);
    const ids = (): readonly string[] => allotment.connection().edges.map(({ node }) => node.id);
    const [before, seats] = [ids(), Number(allotment.read().consumedUnits)];
    const nodeId = String(allotment.read().nodeId);
    const connections = [ConnectionHandler.getConnectionID(nodeId, 'AllotmentAssignments_assignments')];

    const creation = await compiled.request('AllotmentAssignmentsCreateMutation');
    const input = { allotmentId, assignedTo: { userId } };
    const { createAssignment } = await commit<Created>(creation, { input, connections });
    const { id } = createAssignment.assignment;
    expect(ids()).toEqual([...before, id]);
    expect(allotment.read().consumedUnits).toBe(seats + 1);

    const deletion = await compiled.request('AllotmentAssignmentsDeleteMutation');
    await commit(deletion, { input: { id }, connections });
    expect(ids()).toEqual(before);
  });
});

describe('parts without an id in Relay', () => {
  it('are told apart: a plan that takes the place of another has no name but its own', async () => {
    const { assignmentId, plans } = await findTwoPlans(stand);
    const [shown, change] = [
      await compiled.request('AssignmentPlansQuery'),
      await compiled.request('AssignmentPlansMutation'),
    ];
    const operation = createOperationDescriptor(shown, { id: assignmentId });
    const [first, second] = plans;
    await commit(change, { input: { id: assignmentId, disabledServicePlanIds: [first.planId] } });
    await ask(shown, { id: assignmentId });
    await commit(change, { input: { id: assignmentId, disabledServicePlanIds: [second.planId] } });
    expect(environment.check(operation)).toMatchObject({ status: 'missing' });
    expect(await ask(shown, { id: assignmentId })).toMatchObject({ assignment: { disabledServices: [second] } });
  });
});

describe('errors in Relay', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('that can pass are asked about again', async () => {
    const { userId } = await findSharedRight(stand);
    // As often as the gateway itself asks, so that it gives up.
    const throttled = { kind: 'answer', status: 429, headers: { 'retry-after': '0' }, times: 3 } as const;
    stand.emulator.script({ ...throttled, path: /usageRights/ });
    const user = await open('UserRights', 'user', userId);
    expect(user.connection().edges).toHaveLength(1);
    expect(operations()).toEqual(['UserRightsQuery', 'UserRightsQuery']);
  });

  it.each([
    ['nobody listens', () => Promise.reject(new TypeError('fetch failed'))],
    ['something in between has given up', async () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 })],
  ])('of an outage pass too, where %s: queries are asked again, after a second and after two', async (_, fail) => {
    const request = await compiled.request('UserRightsQuery');
    const outages = [fail, fail];
    environment = createRelayEnvironment(stand.url, {
      fetch: (input, init) => {
        const outage = outages.pop();
        if (outage !== undefined) return outage();
        // The gateway goes by real time.
        jest.useRealTimers();
        return stand.fetch(input, init);
      },
    });
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    const asked = ask(request, { id: stand.emulator.tenant.signedInUser });
    await jest.advanceTimersByTimeAsync(1000);
    expect(stand.sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(2000);
    expect(await asked).toMatchObject({ user: expect.anything() });
  });

  it('of an outage are the end of a change, which may have been made', async () => {
    const calls: unknown[] = [];
    environment = createRelayEnvironment(stand.url, {
      fetch: (input) => {
        calls.push(input);
        return Promise.reject(new TypeError('fetch failed'));
      },
    });
    const deletion = await compiled.request('AllotmentAssignmentsDeleteMutation');
    await expect(commit(deletion, { input: { id: 'x' }, connections: [] })).rejects.toThrow('fetch failed');
    expect(calls).toHaveLength(1);
  });

  it('say how long to wait; one that cannot pass ends it', () => {
    const error = (extensions: object): { message: string; extensions: object } => ({ message: '', extensions });
    const passing = error({ retryable: true, retryAfterSeconds: 7 });
    expect(retryDelay(1, [passing, error({ retryable: true })])).toBe(7000);
    expect(retryDelay(2, [error({ retryable: true })])).toBe(2000);
    expect(retryDelay(1, [passing, error({ code: 'FORBIDDEN', retryable: false })])).toBeUndefined();
  });
});

describe('a page of another origin', () => {
  it('may send what the environment of Relay does, with a token', async () => {
    environment = createRelayEnvironment(stand.url, { accessToken: async () => 'token', fetch: stand.fetch });
    await open('UserRights', 'user', stand.emulator.tenant.signedInUser);
    expect(stand.sent[0]?.headers).toContain('authorization');
    expect(await stand.headersAgainstCors()).toEqual([]);
  });
});

describe('documents that relay-compiler has persisted', () => {
  it('are the list of a gateway that answers no others, and are asked for by doc_id', async () => {
    const persisted = await compileRelayProject({ file: './persisted-documents.json', algorithm: 'SHA256' });
    const trusting = await openClientStand({ TRUSTED_DOCUMENTS: join(persisted.folder, 'persisted-documents.json') });
    closeAfterEach(trusting, { close: () => persisted.remove() });
    environment = createRelayEnvironment(trusting.url, { fetch: trusting.fetch });
    const [id] = trusting.emulator.tenant.users;
    const data = await ask(await persisted.request('UserRightsQuery'), { id });
    expect(data).toMatchObject({ user: expect.anything() });
    expect(trusting.sent.map(({ asked }) => Object.keys(asked))).toEqual([['doc_id', 'variables']]);
    expect(await askPlainly(trusting, '{ users { nodes { id } } }')).toBeUndefined();
  });
});
