import { once } from 'node:events';
import type { EmulatorOptions } from '../emulator/index.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway emulate [--users N] [--port N] [--host ADDRESS] [--seed N] [--latency MS]

Serves a local Microsoft Graph alone: a demonstration tenant for teams without one. Stops on SIGTERM or SIGINT.

  --users    users of the tenant; groups, devices and allotments follow from it (200)
  --port     port to listen on; 0 picks a free one (4100)
  --host     address to listen on (127.0.0.1)
  --seed     another seed makes another tenant of the same size (1)
  --latency  milliseconds before every answer (3)
  --help     print this and stop

Point a gateway at it with GRAPH_AUTH=none GRAPH_BASE_URL=http://127.0.0.1:4100/beta
`;

function wholeNumber(name: string, value: string | undefined, fallback: number, maximum: number): number {
  if (value === undefined) return fallback;
  if (/^\d+$/.test(value) && Number(value) <= maximum) return Number(value);
  throw new Error(`--${name}: expected a whole number up to ${maximum}, got ${JSON.stringify(value)}`);
}

/** `license-gateway emulate`: the embedded Graph by itself. */
export const emulate: Command = async (args, { print }) => {
  const { values } = parseOptions(
    args,
    {
      users: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      latency: { type: 'string' },
      help: { type: 'boolean' },
    },
    0,
  );
  if (values.help === true) {
    print(usage);
    return 0;
  }
  const options: EmulatorOptions = {
    users: Math.max(1, wholeNumber('users', values.users, 200, 200_000)),
    port: wholeNumber('port', values.port, 4100, 65_535),
    host: values.host ?? '127.0.0.1',
    seed: wholeNumber('seed', values.seed, 1, 4_294_967_295),
    latencyMs: wholeNumber('latency', values.latency, 3, 600_000),
  };
  const { startEmulator } = await import('../emulator/index.js');
  const emulator = await startEmulator(options);
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  print(`Graph emulator listening ${emulator.url}\n`);
  await stopped;
  await emulator.close();
  return 0;
};
