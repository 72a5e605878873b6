import { readVersion } from '../config/readVersion.js';
import { suggestName } from '../config/suggestName.js';
import type { Command, CommandEnvironment } from './Command.js';

interface CommandEntry {
  readonly summary: string;
  /** Loads the code of the command, which the others need not pay for. */
  load(): Promise<Command>;
}

const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  ['serve', { summary: 'serve the gateway', load: async () => (await import('./serve.js')).serve }],
  [
    'explain',
    { summary: 'print the plan of a query, with no network', load: async () => (await import('./explain.js')).explain },
  ],
  ['query', { summary: 'run a query or a job, with no server', load: async () => (await import('./query.js')).query }],
  ['jobs', { summary: 'list the jobs that query knows', load: async () => (await import('./jobs.js')).jobs }],
  [
    'assign',
    {
      summary: 'assign an allotment to everybody in a file, or take it away',
      load: async () => (await import('./assign.js')).assign,
    },
  ],
  [
    'emulate',
    { summary: 'serve a local Microsoft Graph alone', load: async () => (await import('./emulate.js')).emulate },
  ],
  [
    'print-schema',
    { summary: 'print the schema as SDL', load: async () => (await import('./printSchema.js')).printSchema },
  ],
  [
    'check',
    { summary: 'try the configuration and say what works', load: async () => (await import('./check.js')).check },
  ],
]);

function printUsage(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`);
  return `Usage: license-gateway COMMAND [OPTIONS]

${lines.join('\n')}

  --help        print this; with a command, what that takes
  --version     print the version
`;
}

function findCommand(name: string): CommandEntry {
  const command = commands.get(name);
  if (command !== undefined) return command;
  const suggestion = suggestName(name, [...commands.keys()]);
  const hint = suggestion === undefined ? 'see license-gateway --help' : `did you mean ${suggestion}?`;
  throw new Error(`no such command: ${JSON.stringify(name)}; ${hint}`);
}

/**
 * Runs the command that the first argument names, and gives the exit code. Raises an Error whose message is what the
 * user should read.
 */
export async function runCommand(args: readonly string[], environment: CommandEnvironment): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') {
    environment.print(printUsage());
    return name === undefined ? 1 : 0;
  }
  if (name === '--version') {
    environment.print(`${readVersion()}\n`);
    return 0;
  }
  const command = await findCommand(name).load();
  if (rest.includes('--help')) {
    environment.print(command.usage);
    return 0;
  }
  return command.run(rest, environment);
}
