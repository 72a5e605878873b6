import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Answer } from './openGateway.js';

type GraphQLResolverMap = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>['resolvers']
>;
type Resolver = (...args: never[]) => unknown;

/** A subgraph of somebody else, small enough to live in the test. */
export interface OtherSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

/** A router over the gateway and other subgraphs. */
export interface LocalRouter {
  ask<Data = unknown>(query: string): Promise<Omit<Answer<Data>, 'status'>>;
  close(): Promise<void>;
}

/** Starts `@apollo/gateway` with a supergraph of the gateway, which speaks HTTP, and others in this process. */
export async function openLocalRouter(supergraph: string, others: readonly OtherSubgraph[]): Promise<LocalRouter> {
  const router = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService({ name, url = '' }) {
      const other = others.find((each) => each.name === name);
      if (other === undefined) return new RemoteGraphQLDataSource({ url });
      return new LocalGraphQLDataSource(
        buildSubgraphSchema([{ typeDefs: parse(other.sdl), resolvers: other.resolvers as GraphQLResolverMap }]),
      );
    },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const server = new ApolloServer({ gateway: router });
  await server.start();
  return {
    async ask<Data>(query: string) {
      const { body } = await server.executeOperation({ query });
      if (body.kind !== 'single') throw new Error('a router does not answer in parts here');
      const { data, errors: failures = [] } = JSON.parse(JSON.stringify(body.singleResult)) as {
        data: Data;
        errors?: Answer['errors'];
      };
      return { data, errors: failures };
    },
    close: () => server.stop(),
  };
}
