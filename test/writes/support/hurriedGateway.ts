/**
 * A gateway in a process of its own, configured by its environment as always. Its waits are hurried, and how long it waits
 * for an answer of Graph is its one argument, in milliseconds.
 */
import { readConfig } from '../../../src/config/readConfig.js';
import { startGateway } from '../../../src/gateway.js';
import { createLogger } from '../../../src/server/createLogger.js';
import { hurriedClock } from './hurriedClock.js';

const [, , callTimeoutMs] = process.argv;
const graph = { clock: hurriedClock(), callTimeoutMs: Number(callTimeoutMs) };
const gateway = await startGateway(readConfig(process.env), createLogger('silent'), { graph });
process.stdout.write(`${gateway.url}\n`);
