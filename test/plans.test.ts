import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../src/emulator/index.js';
import { explainDocument } from '../src/explain/explainDocument.js';
import { abbreviateLines, abbreviateLists } from './support/abbreviate.js';
import { comparable } from './support/comparable.js';
import { expectGolden, readGoldenCases, type GoldenCase } from './support/golden.js';
import { referenceAnswer } from './support/referenceAnswer.js';
import { fillPlaceholders, readTenant, type Tenant } from './support/tenant.js';
import { openTestGateway, type TestGateway } from './support/testGateway.js';

const cases = readGoldenCases(join(import.meta.dirname, 'plans'));

let emulator: Emulator;
let gateway: TestGateway;
let tenant: Tenant;

beforeAll(async () => {
  // Slow enough for calls that left together to be seen together, on a busy machine too.
  emulator = await startEmulator({ users: 120, seed: 7, latencyMs: 20 });
  gateway = openTestGateway(emulator.url);
  tenant = await readTenant(emulator.url);
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

/** The calls as Graph saw them, in the order of their waves; parts of one wave in a fixed order. */
function printLog(): string {
  const lines = emulator.log().map((call) => `wave ${call.wave}  ${call.method} ${decodeURIComponent(call.url)}`);
  return `${abbreviateLines(lines.sort()).join('\n')}\n`;
}

/** How many waves a printed plan announces at the most; what it says is sent on a condition may take one more. */
function explainedWaves(plan: string): number {
  const [, waves, conditions] = /(\d+) waves?(?:, if .*)?\n(and only if)?/.exec(plan) ?? [];
  return Number(waves) + (conditions === undefined ? 0 : 1);
}

describe.each(cases.map((golden): [string, GoldenCase] => [golden.name, golden]))('%s', (_, golden) => {
  it('has the plan, sends the requests and gives the answer that its goldens say, within its budget', async () => {
    const query = fillPlaceholders(golden.query, tenant);
    emulator.reset();
    const answer = await gateway.ask(query);
    const { waves, requests, operations } = emulator.usage();
    const counted: Record<string, number> = { waves, requests, operations, errors: answer.errors.length };
    const budgeted = Object.fromEntries(Object.keys(golden.budgets).map((what) => [what, counted[what]]));
    expect(budgeted).toEqual(golden.budgets);
    expect(answer.errors).toEqual([]);
    // What the gateway says it has cost is what Graph counted.
    expect(answer.usage).toMatchObject({ waves, httpRequests: requests, operations });
    const plan = explainDocument(query);
    expect(waves).toBeLessThanOrEqual(explainedWaves(plan));
    expectGolden(golden, 'http', printLog());
    expectGolden(golden, 'plan', plan);
    expectGolden(golden, 'json', `${JSON.stringify(abbreviateLists(answer.data), null, 2)}\n`);
  });

  it('answers what one call for each field answers', async () => {
    const query = fillPlaceholders(golden.query, tenant);
    const answer = await gateway.ask(query);
    const reference = await referenceAnswer(emulator.url, query);
    expect(reference.errors).toEqual([]);
    expect(comparable(answer.data)).toEqual(comparable(reference.data));
  });
});
