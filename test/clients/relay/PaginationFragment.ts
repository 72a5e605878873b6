import {
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSelector,
  type ConcreteRequest,
  type Environment,
  type ReaderFragment,
  type Variables,
} from 'relay-runtime';

/** Sends a query of Relay. */
export type Ask = (request: ConcreteRequest, variables: Variables) => Promise<unknown>;

interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string; readonly __id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * A refetchable fragment with a connection, on one object. It does with the functions of relay-runtime what
 * `usePaginationFragment` of react-relay does with them: `useRefetchableFragmentInternal` and `useLoadMoreFunction` there.
 */
export class PaginationFragment {
  constructor(
    private readonly environment: Environment,
    private readonly ask: Ask,
    private readonly fragment: ReaderFragment,
    /** What the query that spreads the fragment has answered for the object. */
    private readonly reference: unknown,
  ) {}

  /** The fragment's data, from the store. */
  read(): Readonly<Record<string, unknown>> {
    const selector = getSelector(this.fragment, this.reference);
    if (selector?.kind !== 'SingularReaderSelector') throw new Error('The fragment is not on one object.');
    const { data, isMissingData } = this.environment.lookup(selector);
    if (isMissingData) throw new Error('The store does not have all of the fragment.');
    return data;
  }

  connection(): Connection {
    const { connectionPathInFragmentData } = getPaginationMetadata(this.fragment, 'test');
    return this.read()[String(connectionPathInFragmentData)] as Connection;
  }

  /** `refetch({})`. */
  async refetch(): Promise<void> {
    const { refetchableRequest } = getRefetchMetadata(this.fragment, 'test');
    await this.ask(refetchableRequest, this.withIdentifier({}));
  }

  /** `loadNext(count)`. */
  async loadNext(count: number): Promise<void> {
    const { paginationRequest, paginationMetadata } = getPaginationMetadata(this.fragment, 'test');
    const { endCursor } = this.connection().pageInfo;
    const variables = getPaginationVariables('forward', count, endCursor, {}, {}, paginationMetadata);
    await this.ask(paginationRequest, this.withIdentifier(variables));
  }

  private withIdentifier(variables: Variables): Variables {
    const { identifierInfo } = getRefetchMetadata(this.fragment, 'test');
    if (identifierInfo === null || identifierInfo === undefined) throw new Error('The object cannot be found again.');
    const { identifierField, identifierQueryVariableName } = identifierInfo;
    return { ...variables, [identifierQueryVariableName]: this.read()[identifierField] };
  }
}
