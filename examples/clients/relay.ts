import {
  Environment,
  Network,
  RecordSource,
  ROOT_TYPE,
  Store,
  type GraphQLResponse,
  type MissingFieldHandler,
  type RequestParameters,
  type Variables,
} from 'relay-runtime';

const attempts = 3;

interface GraphQLError {
  readonly message: string;
  readonly extensions?: { readonly retryable?: boolean; readonly retryAfterSeconds?: number };
}

/** Milliseconds until a query is worth asking again, also one that got no answer; undefined where one of its errors cannot pass. */
export function retryDelay(attempt: number, errors: readonly GraphQLError[] | undefined): number | undefined {
  if (errors === undefined) return 1000 * 2 ** (attempt - 1);
  if (errors.length === 0 || errors.some(({ extensions }) => extensions?.retryable !== true)) return undefined;
  const seconds = errors.flatMap(({ extensions }) => extensions?.retryAfterSeconds ?? []);
  return 1000 * (seconds.length > 0 ? Math.max(...seconds) : 2 ** (attempt - 1));
}

/** What `node` finds need not be asked for where the store has it. */
const nodeFromStore: MissingFieldHandler = {
  kind: 'linked',
  handle: (field, parent, { nodeId }) =>
    parent?.getType() === ROOT_TYPE && field.name === 'node' ? (nodeId as string) : undefined,
};

/** What objects are told apart by, as far as it is asked for. */
interface Identity {
  readonly nodeId?: string;
  readonly id?: string;
  readonly subscriptionId?: string;
  readonly planId?: string;
  /** Who can get a plan by itself may differ from product to product. */
  readonly assignableTo?: readonly string[];
}

/** The id by which an object is found again, else what is unique within its type; undefined leaves parts to their places. */
function getDataID({ nodeId, id, subscriptionId, planId, assignableTo }: Identity, type: string): string | undefined {
  const part = id ?? subscriptionId ?? (planId && JSON.stringify([planId, assignableTo]));
  return nodeId ?? (part && `${type}:${part}`);
}

/** What may be chosen about an environment. */
export interface RelayEnvironmentOptions {
  /** The token of whoever is signed in. */
  readonly accessToken?: () => Promise<string>;
  readonly fetch?: typeof fetch;
}

/** A Relay environment for the gateway at `url`. */
export function createRelayEnvironment(url: string, options: RelayEnvironmentOptions = {}): Environment {
  const { accessToken, fetch = globalThis.fetch } = options;

  const ask = async (body: object): Promise<GraphQLResponse> => {
    const headers = new Headers({ 'content-type': 'application/json', accept: 'application/graphql-response+json' });
    if (accessToken !== undefined) headers.set('authorization', `Bearer ${await accessToken()}`);
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as GraphQLResponse;
  };

  const askPatiently = async ({ id, text, operationKind }: RequestParameters, variables: Variables) => {
    const body = { ...(text === null ? { doc_id: id } : { query: text }), variables };
    for (let attempt = 1; ; attempt += 1) {
      const mayRepeat = operationKind === 'query' && attempt < attempts;
      const answer = await ask(body).catch((outage: unknown) => {
        if (mayRepeat) return undefined;
        throw outage;
      });
      const errors = answer && ('errors' in answer ? (answer.errors ?? []) : []);
      const delay = mayRepeat ? retryDelay(attempt, errors) : undefined;
      if (answer !== undefined && delay === undefined) return answer;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  };

  return new Environment({
    network: Network.create(askPatiently),
    store: new Store(new RecordSource()),
    getDataID,
    missingFieldHandlers: [nodeFromStore],
  });
}
