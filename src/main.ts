#!/usr/bin/env node
import { once } from 'node:events';
import { runCommand } from './cli/runCommand.js';

/** The exit code that a failure asks for. */
function exitCodeOf(error: unknown): number {
  const wanted = error instanceof Error && 'exitCode' in error ? error.exitCode : undefined;
  return typeof wanted === 'number' ? wanted : 1;
}

async function drained(): Promise<void> {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
}

// Whoever read stdout has had enough, such as `head`.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
// Nobody listens to what is said beside it: no reason to stop.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    variables: process.env,
    print: (text) => void process.stdout.write(text),
    drained,
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
