#!/usr/bin/env node
import { runCommand } from './cli/runCommand.js';

/** What to tell of a failure: `parseArgs` goes on with advice after the first sentence, which no one line has room for. */
function wordFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const isUsage = String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  return isUsage ? (error.message.split('. ')[0] ?? error.message) : error.message;
}

/** The exit code that a failure asks for. */
function exitCodeOf(error: unknown): number {
  const wanted = error instanceof Error && 'exitCode' in error ? error.exitCode : undefined;
  return typeof wanted === 'number' ? wanted : 1;
}

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    variables: process.env,
    print: (text) => void process.stdout.write(text),
    ...(process.stdout.isTTY ? { terminalWidth: process.stdout.columns } : {}),
  });
} catch (error) {
  process.stderr.write(`license-gateway: ${wordFailure(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
