import { once } from 'node:events';
import type { EmulatorOptions, Fault } from '../emulator/index.js';
import type { Command } from './Command.js';
import { parseOptions } from './parseOptions.js';

const usage = `Usage: license-gateway emulate [--users N] [--port N] [--host ADDRESS] [--seed N] [--latency MS]
                               [--fault STATUS[:PATTERN]]…

Serves a local Microsoft Graph alone: a demonstration tenant for teams without one.
Stops on SIGTERM or SIGINT.

  --users    users of the tenant; groups, devices and allotments follow from it (200)
  --port     port to listen on; 0 picks a free one (4100)
  --host     address to listen on (127.0.0.1)
  --seed     another seed makes another tenant of the same size (1)
  --latency  milliseconds before every answer (3)
  --fault    answers this HTTP status wherever PATTERN, a regular expression, fits the path and
             query of an operation, also of one inside a batch; every one where there is no PATTERN.
             May be given several times: the first that fits is played.
             To see what front ends and exports make of errors:
             --fault 403:assignmentErrors --fault '503:^/users/[^/]+/cloudLicensing'
  --help     print this and stop

Point a gateway at it with GRAPH_AUTH=none GRAPH_BASE_URL=http://127.0.0.1:4100/beta
`;

function wholeNumber(name: string, value: string | undefined, fallback: number, maximum: number): number {
  if (value === undefined) return fallback;
  if (/^\d+$/.test(value) && Number(value) <= maximum) return Number(value);
  throw new Error(`--${name}: expected a whole number up to ${maximum}, got ${JSON.stringify(value)}`);
}

/** Faults that are played for as long as the emulator runs. */
function readFault(given: string): Fault {
  const [, status = '', pattern] = /^([45]\d\d)(?::(.+))?$/.exec(given) ?? [];
  if (status === '') throw new Error(`--fault: expected STATUS or STATUS:PATTERN, got ${JSON.stringify(given)}`);
  const fault = { kind: 'answer', status: Number(status), times: Infinity } as const;
  if (pattern === undefined) return fault;
  try {
    return { ...fault, path: new RegExp(pattern) };
  } catch (error) {
    throw new Error(`--fault: ${(error as Error).message}`, { cause: error });
  }
}

/** `license-gateway emulate`: the embedded Graph by itself. */
export const emulate: Command = {
  usage,
  async run(args, { print }) {
    const { values } = parseOptions(
      args,
      {
        users: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        seed: { type: 'string' },
        latency: { type: 'string' },
        fault: { type: 'string', multiple: true },
      },
      0,
    );
    const options: EmulatorOptions = {
      users: Math.max(1, wholeNumber('users', values.users, 200, 200_000)),
      port: wholeNumber('port', values.port, 4100, 65_535),
      host: values.host ?? '127.0.0.1',
      seed: wholeNumber('seed', values.seed, 1, 4_294_967_295),
      logged: false,
      latencyMs: wholeNumber('latency', values.latency, 3, 600_000),
    };
    const faults = (values.fault ?? []).map(readFault);
    const { startEmulator } = await import('../emulator/index.js');
    const emulator = await startEmulator(options);
    emulator.script(...faults);
    const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    print(`Graph emulator listening ${emulator.url}\n`);
    await stopped;
    await emulator.close();
    return 0;
  },
};
