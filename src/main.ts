#!/usr/bin/env node
import { runCommand } from './cli/runCommand.js';
import { StandardOutput } from './cli/StandardOutput.js';

/** The exit code that a failure asks for. */
function exitCodeOf(error: unknown): number {
  const wanted = error instanceof Error && 'exitCode' in error ? error.exitCode : undefined;
  return typeof wanted === 'number' ? wanted : 1;
}

const stdout = new StandardOutput();
// Nobody listens to what is said beside it: no reason to stop.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    variables: process.env,
    print: (text) => stdout.print(text),
    drained: () => stdout.drained(),
    stderr: {
      print: (text) => void process.stderr.write(text),
      width: process.stderr.isTTY ? process.stderr.columns : undefined,
    },
    ...(process.stdout.isTTY ? { terminalWidth: process.stdout.columns } : {}),
  });
} catch (error) {
  process.stderr.write(`license-gateway: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = exitCodeOf(error);
}
