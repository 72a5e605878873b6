import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  commitMutation,
  ConnectionHandler,
  createOperationDescriptor,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSelector,
  type ConcreteRequest,
  type Environment,
  type GraphQLTaggedNode,
  type ReaderFragment,
  type Variables,
} from 'relay-runtime';
import { createRelayEnvironment, retryDelay } from '../../examples/clients/relay.js';
import { findFreeSeat, findSharedRight } from './findCases.js';
import { openClientStand, type ClientStand } from './openClientStand.js';
import { compileRelayProject, type CompiledProject } from './relay/compileRelayProject.js';

let stand: ClientStand;
let compiled: CompiledProject;
let environment: Environment;
beforeAll(async () => {
  [stand, compiled] = await Promise.all([openClientStand(), compileRelayProject()]);
});
beforeEach(() => {
  stand.emulator.reset();
  stand.sent.length = 0;
  environment = createRelayEnvironment(stand.url, undefined, stand.fetch);
});
afterAll(() => Promise.all([stand.close(), compiled.remove()]));

/** Asks, and keeps what comes for as long as the environment lives. */
async function ask<TData>(request: ConcreteRequest, variables: Variables): Promise<TData> {
  environment.retain(createOperationDescriptor(request, variables));
  const query = request as unknown as GraphQLTaggedNode;
  return (await fetchQuery(environment, query, variables).toPromise()) as TData;
}

interface List {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
}

/** A fragment on an object with a list, as `usePaginationFragment` of react-relay holds it. */
class PaginationFragment {
  private readonly refetch;
  private readonly pagination;

  constructor(
    private readonly fragment: ReaderFragment,
    private readonly key: unknown,
    private readonly list: string,
  ) {
    this.refetch = getRefetchMetadata(fragment, 'test');
    this.pagination = getPaginationMetadata(fragment, 'test');
  }

  read(): { readonly nodeId: string } & Record<string, List> {
    const selector = getSelector(this.fragment, this.key);
    if (selector?.kind !== 'SingularReaderSelector') throw new Error('The fragment is not one of a single object.');
    return environment.lookup(selector).data as unknown as ReturnType<PaginationFragment['read']>;
  }

  ids(): readonly string[] {
    return (this.read()[this.list]?.edges ?? []).map(({ node }) => node.id);
  }

  pageInfo(): { readonly hasNextPage: boolean; readonly endCursor: string } {
    return (this.read()[this.list] as unknown as { pageInfo: ReturnType<PaginationFragment['pageInfo']> }).pageInfo;
  }

  /** What `refetch()` of the hook does: the object is found again by its nodeId. */
  async refetchIt(): Promise<unknown> {
    return ask(this.refetch.refetchableRequest, this.identified({}));
  }

  /** What `loadNext(count)` of the hook does. */
  async loadNext(count: number): Promise<void> {
    const { paginationMetadata, paginationRequest } = this.pagination as never;
    const variables = getPaginationVariables('forward', count, this.pageInfo().endCursor, {}, {}, paginationMetadata);
    await ask(paginationRequest, this.identified(variables));
  }

  private identified(variables: Variables): Variables {
    const { identifierField, identifierQueryVariableName } = this.refetch.identifierInfo as never;
    return { ...variables, [identifierQueryVariableName]: this.read()[identifierField] };
  }
}
it('x', async () => {
  const q = await compiled.request('UserRightsQuery');
  const { userId, groupId, usageRightId } = await findSharedRight(stand);
  const d: any = await ask(q, { id: userId });
  console.log(JSON.stringify(d), JSON.stringify(environment.getStore().getSource().toJSON(), null, 1).slice(0, 3000));
  const f = await compiled.fragment('UserRights_user');
  console.log(JSON.stringify(getRefetchMetadata(f, 'x').identifierInfo), Object.keys(getPaginationMetadata(f, 'x')));
  const p = new PaginationFragment(f, d.user, 'usageRights');
  console.log(p.read(), p.ids(), p.pageInfo());
  await p.loadNext(5);
  console.log(p.ids(), p.pageInfo());
  await p.refetchIt();
  console.log(p.ids(), p.pageInfo());
});
