/**
 * Composes the gateway and the two demonstration subgraphs. Reads the gateway's SDL from stdin, writes the supergraph to
 * stdout, and says on stderr, with exit code 1, what does not fit together.
 *
 *   license-gateway print-schema | node examples/supergraph/compose.mjs > supergraph.graphql
 *
 * `--licensing`, `--people` and `--prices` say where routers find the subgraphs.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const { values: urls } = parseArgs({
  options: {
    licensing: { type: 'string', default: 'http://localhost:4000/graphql' },
    people: { type: 'string', default: 'http://localhost:4001/' },
    prices: { type: 'string', default: 'http://localhost:4002/' },
  },
});

const sources = {
  licensing: readFileSync(0, 'utf8'),
  people: readFileSync(new URL('people/people.graphql', import.meta.url), 'utf8'),
  prices: readFileSync(new URL('prices/prices.graphql', import.meta.url), 'utf8'),
};
const services = Object.entries(sources).map(([name, sdl]) => ({ name, url: urls[name], typeDefs: parse(sdl) }));
const { supergraphSdl, errors = [], hints = [] } = composeServices(services);
for (const { message } of [...errors, ...hints]) console.error(message);
if (supergraphSdl === undefined) process.exit(1);
process.stdout.write(supergraphSdl);
