import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/** The JSON in a file beside the module. */
export function readJson(name, module) {
  return JSON.parse(readFileSync(new URL(name, module), 'utf8'));
}

/**
 * Serves one subgraph; the first line on stdout is `listening http://127.0.0.1:PORT/`. `--port` takes the place of the
 * default, and 0 picks a free one; `--host 0.0.0.0` lets others on the network in.
 */
export async function serveSubgraph({ schemaFile, module, resolvers, port }) {
  const options = { port: { type: 'string', default: String(port) }, host: { type: 'string', default: '127.0.0.1' } };
  const { values } = parseArgs({ options });
  const typeDefs = parse(readFileSync(new URL(schemaFile, module), 'utf8'));
  const schema = buildSubgraphSchema({ typeDefs, resolvers });
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const listen = { port: Number(values.port), host: values.host };
  const { url } = await startStandaloneServer(server, { listen });
  console.log(`listening ${url}`);
}
