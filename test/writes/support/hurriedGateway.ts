/**
 * Gateways in a process of their own, configured by its environment as always. Their waits are hurried. The arguments are how
 * long they wait for an answer of Graph, in milliseconds, and the Graphs in front of which there is to be one each; their
 * addresses are printed in that order.
 */
import { readConfig } from '../../../src/config/readConfig.js';
import { startGateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';
import { hurriedClock, neverOpen } from './hurriedClock.js';

const [, , callTimeoutMs, ...graphUrls] = process.argv;
// A circuit that opens would stay open for five seconds that nothing hurries, and let nobody look: that has tests of its own.
const graph = { clock: hurriedClock(), callTimeoutMs: Number(callTimeoutMs), circuit: neverOpen };
const gateways = await Promise.all(
  graphUrls.map((url) =>
    startGateway(readConfig({ ...process.env, GRAPH_BASE_URL: url }), createLogger('silent'), { graph }),
  ),
);
process.stdout.write(`${gateways.map(({ url }) => url).join(' ')}\n`);
