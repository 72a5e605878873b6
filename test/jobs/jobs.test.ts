import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kind, OperationTypeNode, parse, validate } from 'graphql';
import { readJobs, type Job } from '../../src/cli/readJobs.js';
import { describeAnswer } from '../../src/cli/query/describeAnswer.js';
import { listNames } from '../../src/cli/query/RowList.js';
import { runCommand } from '../../src/cli/runCommand.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { DescribedPlan } from '../../src/explain/describePlan.js';
import { explainDocument } from '../../src/explain/explainDocument.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { expectedRows, type JobCase } from './expectedRows.js';
import { productName, RawTenant } from './RawTenant.js';

const jobs = readJobs();
let emulator: Emulator;
let tenant: RawTenant;
beforeAll(async () => {
  emulator = await startEmulator({ users: 120 });
  tenant = await RawTenant.read(emulator.url);
});
afterAll(() => emulator.close());

async function query(
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ readonly code: number; readonly printed: string }> {
  let printed = '';
  const variables = { GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, ...settings };
  const code = await runCommand(['query', ...args], { variables, print: (text) => void (printed += text) });
  return { code, printed };
}

async function caseOf({ name }: Job): Promise<JobCase> {
  const expected = expectedRows[name];
  if (expected === undefined) throw new Error(`${name} has no rows to compare with in expectedRows.ts`);
  return expected(tenant);
}

function argumentsFor({ name }: Job, { variables = {}, operation }: JobCase): readonly string[] {
  return [
    name,
    '--variables',
    JSON.stringify(variables),
    ...(operation === undefined ? [] : ['--operation', operation]),
  ];
}

/** With every list in an order of its own: Graph promises none. */
function withSortedLists(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withSortedLists);
    return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSortedLists(each)]));
}

/** What the line `Costs:` promises at the most, for so many rows. */
function promisedCost({ costs }: Job, rows: number): { readonly waves: number; readonly operations: number } {
  const waves = Number(/(\d+) waves?/.exec(costs)?.[1]);
  const base = Number(/(\d+) operations?/.exec(costs)?.[1]);
  const pages = Math.ceil(rows / 999);
  const more = Number(/and (\d+) for each/.exec(costs)?.[1] ?? /(\d+) more/.exec(costs)?.[1] ?? 0);
  if (costs.includes('operation for each 999 rows')) return { waves, operations: base * pages + more };
  if (costs.includes('operation for each row')) return { waves, operations: base * rows };
  return { waves, operations: base + more * rows };
}

describe.each(jobs.map((job) => [job.name, job] as const))('the job %s', (_, job) => {
  it('says what it answers, what it replaces and what it costs, and is valid', () => {
    expect(job.question).toMatch(/^[A-Z].*\?/);
    expect(job.replaces).not.toBe('');
    expect(job.costs).toMatch(/\d waves?, \d operations?/);
    // What is said besides is joined to it in one line.
    expect(job.costs).not.toMatch(/[^.] (?!Graph )[A-Z][a-z]* [a-z]/);
    expect(validate(createSchema(), parse(job.source))).toEqual([]);
  });

  it('has the lines that it says --rows makes of it', () => {
    const [, rows] = /^--rows (\S+) --parents makes a line of each /.exec(job.lines) ?? [];
    const [operation] = parse(job.source).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
    const lists = operation === undefined ? [] : listNames(describeAnswer(createSchema(), operation, {}));
    expect(job.lines === '' ? [] : [rows]).toEqual(lists.filter((name) => name === rows));
  });

  it('answers what follows from what Graph holds', async () => {
    const wanted = await caseOf(job);
    const rowsAt = wanted.rowsAt === undefined ? [] : ['--rows', wanted.rowsAt];
    const pages = job.source.includes('mutation') ? [] : ['--all'];
    const isSingle = ['11-unassigned-seats', '16-whole-lists'].includes(job.name);
    const args = [...argumentsFor(job, wanted), ...(isSingle ? [] : pages), ...rowsAt, '--format', 'ndjson'];
    const { code, printed } = await query(args);
    const rows = printed.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
    expect(code).toBe(0);
    expect(wanted.rows.length).toBeGreaterThan(0);
    expect(withSortedLists(rows)).toEqual(withSortedLists(wanted.rows));
  });

  it('costs no more than it says, where only documented options are sent', async () => {
    const wanted = await caseOf(job);
    emulator.reset();
    const { code } = await query(argumentsFor(job, wanted), { GRAPH_OPTIONS: 'documented' });
    // One that is refused costs nothing, either.
    expect(code).toBe(0);
    const { waves, operations } = emulator.usage();
    const promised = promisedCost(job, wanted.rows.length);
    expect({ waves, operations, isKept: waves <= promised.waves && operations <= promised.operations }).toEqual({
      waves,
      operations,
      isKept: true,
    });
  });

  it('may cost a tenth less than MAX_COST allows, so that it is answered wherever it is asked', async () => {
    const { variables = {}, operation } = await caseOf(job);
    const queries = parse(job.source).definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.QUERY ? [each.name?.value] : [],
    );
    for (const operationName of queries.filter((name) => operation === undefined || name === operation)) {
      for (const options of ['learned', 'documented'] as const) {
        const plan = explainDocument(job.source, { variables, operationName, options, format: 'json' });
        const { estimate } = JSON.parse(plan) as DescribedPlan;
        expect(estimate.operations).toBeLessThanOrEqual(readConfig({}).limits.maxCost * 0.9);
      }
    }
  });
});

describe('the jobs', () => {
  it('name the product of a purchase for which nobody waits', async () => {
    const { printed } = await query(['07', '--format', 'ndjson']);
    const rows = printed.trimEnd().split('\n');
    const named = rows.map((line) => JSON.parse(line) as { skuPartNumber: string; sku: { displayName: string } });
    expect(named.map(({ skuPartNumber, sku }) => [skuPartNumber, sku.displayName])).toEqual(
      tenant.allotments.map((each) => [each.skuPartNumber, productName(each)]),
    );
  });

  it('are listed by license-gateway jobs with their variables, and found by number and by name', async () => {
    let printed = '';
    await runCommand(['jobs'], { variables: {}, print: (text) => void (printed += text) });
    const lines = printed.split('\n');
    expect(lines).toEqual(expect.arrayContaining(jobs.map(({ question }) => `  ${question}`)));
    expect(lines.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(jobs.map(({ name }) => name)));
    expect(printed).toContain('20-may-use-a-plan  ($user, $plan, $device)');
    const [number, short] = await Promise.all([query(['4']), query(['seats'])]);
    expect(number).toEqual(short);
  });
});
