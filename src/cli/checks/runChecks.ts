import type { GatewayConfig } from '../../config/GatewayConfig.js';
import type { Check, CheckResult } from './Check.js';

async function runCheck({ subject, run }: Check, config: GatewayConfig): Promise<CheckResult> {
  try {
    return { subject, outcome: 'ok', detail: await run(config) };
  } catch (error) {
    return { subject, outcome: 'FAILED', detail: error instanceof Error ? error.message : 'failed' };
  }
}

/** Runs all checks one after another, whatever becomes of the ones before, and gives their results in order. */
export async function runChecks(checks: readonly Check[], config: GatewayConfig): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, config));
  return results;
}

/** The results as a table of plain text. */
export function printResults(results: readonly CheckResult[]): string {
  const width = Math.max(...results.map(({ subject }) => subject.length));
  return results
    .map(({ subject, outcome, detail }) => `${outcome.padEnd(7)}  ${subject.padEnd(width)}  ${detail}`)
    .join('\n');
}
