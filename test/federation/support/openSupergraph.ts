import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { EmulatorOptions } from '../../../src/emulator/index.js';
import { composeWithApollo, demonstration, licensing } from './compose.js';
import { askAt, openGateway, type Ask, type OpenGateway } from './openGateway.js';
import { startDemonstration } from './startDemonstration.js';

interface RouterContext {
  readonly authorization: string | undefined;
}

/** How often the router has asked each subgraph. */
export interface Fetches {
  licensing: number;
  people: number;
  prices: number;
}

/** Three subgraphs behind a router. */
export interface Supergraph {
  readonly gateway: OpenGateway;
  /** Asks the router. */
  readonly ask: Ask;
  /** Since the last reset. */
  readonly fetches: Fetches;
  reset(): void;
  close(): Promise<void>;
}

/** Hands the caller's Authorization header on, as every router has to be told to. */
class Subgraph extends RemoteGraphQLDataSource<RouterContext> {
  constructor(
    url: string,
    private readonly count: () => void,
  ) {
    super({ url });
  }

  override willSendRequest(options: GraphQLDataSourceProcessOptions<RouterContext>): void {
    this.count();
    const { request } = options;
    const { authorization } = options.context as RouterContext;
    request.http ??= { method: 'POST', url: this.url, headers: new HeaderMap() as never };
    if (authorization !== undefined) request.http.headers.set('authorization', authorization);
  }
}

async function startRouter(supergraphSdl: string, fetches: Fetches) {
  const router = new ApolloGateway({
    supergraphSdl,
    buildService: (definition: { readonly name: string; readonly url?: string }) =>
      new Subgraph(definition.url ?? '', () => (fetches[definition.name as keyof Fetches] += 1)),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const server = new ApolloServer<RouterContext>({ gateway: router, includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({ authorization: req.headers.authorization }),
  });
  return { url, close: () => server.stop() };
}

/** Starts the gateway, the demonstration subgraphs and `@apollo/gateway` in front of them; all speak HTTP. */
export async function openSupergraph(
  variables: Readonly<Record<string, string>> = {},
  options: EmulatorOptions = {},
): Promise<Supergraph> {
  const [gateway, people, prices] = await Promise.all([
    openGateway(variables, options),
    startDemonstration('people'),
    startDemonstration('prices'),
  ]);
  const fetches: Fetches = { licensing: 0, people: 0, prices: 0 };
  const { supergraph } = composeWithApollo([
    licensing(gateway.url),
    demonstration('people', people.url),
    demonstration('prices', prices.url),
  ]);
  const router = await startRouter(supergraph, fetches);
  return {
    gateway,
    ask: askAt(router.url),
    fetches,
    reset() {
      Object.assign(fetches, { licensing: 0, people: 0, prices: 0 });
      gateway.emulator.reset();
    },
    async close() {
      await router.close();
      await Promise.all([gateway.close(), people.close(), prices.close()]);
    },
  };
}
