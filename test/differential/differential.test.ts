import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { UndocumentedBehaviour, UndocumentedUse } from '../../src/emulator/undocumentedOptions.js';
import type { AnswersOfGraph } from '../reference/ReferenceGraph.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { readGoldenCases } from '../support/golden.js';
import { createRandom } from '../support/random.js';
import { randomQuery } from '../support/randomQuery.js';
import { referenceAnswer } from '../support/referenceAnswer.js';
import { fillPlaceholders, readTenant, type Tenant } from '../support/tenant.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { describeAnswer } from './support/describeAnswer.js';
import { SeededFaults } from './support/SeededFaults.js';
import { startFaultyGraph, type FaultyGraph } from './support/startFaultyGraph.js';

/** How many times the usual number of random queries are compared, and from which seed on. */
const factor = Number(process.env.DIFFERENTIAL_FACTOR ?? 1);
const firstSeed = Number(process.env.DIFFERENTIAL_SEED ?? 1);
const slices = 5;

interface Setting {
  readonly title: string;
  readonly queries: number;
  readonly options: 'documented' | 'learned';
}

const settings: readonly Setting[] = [
  { title: 'where Graph fails at random places', queries: 700, options: 'documented' },
  {
    title: 'where it also takes, ignores, cuts or refuses what no page documents',
    queries: 300,
    options: 'learned',
  },
];

let emulator: Emulator;
let graph: FaultyGraph;
let tenant: Tenant;
const answers: AnswersOfGraph = new Map();
const randomOptions = { filters: false, rows: true };
/** Errors that were compared, so that faults which strike nothing are noticed. */
let struck = 0;

beforeAll(async () => {
  emulator = await startEmulator({ users: 24, seed: 11, latencyMs: 0, documented: false, undocumentedCap: 3 });
  graph = await startFaultyGraph(emulator.url);
  tenant = await readTenant(emulator.url);
});

afterAll(async () => {
  await graph.close();
  await emulator.close();
});

/** Holds the gateway's data and errors against those of graphql-js over one call for each field. */
async function compare(
  gateway: TestGateway,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  seed: number | undefined,
): Promise<void> {
  const faults = seed === undefined ? undefined : new SeededFaults(seed, query);
  graph.faults = faults;
  const answer = describeAnswer(await gateway.ask(query, { ...variables }));
  const options = faults === undefined ? { answers } : { answers, faults };
  const reference = describeAnswer(await referenceAnswer(emulator.url, query, variables, options));
  struck += reference.errors.length + reference.nulled.length;
  // Only what differs is printed, so the query is said to differ as well.
  if (!isDeepStrictEqual(answer, reference)) expect({ seed, query, variables, ...answer }).toEqual(reference);
  // The order of keys is part of the answer too.
  expect(JSON.stringify(answer.data)).toBe(JSON.stringify(reference.data));
}

/** Each use of an undocumented option has a behaviour of its own, which is another in every part of the test. */
function behaviourOf(slice: number): (use: UndocumentedUse) => UndocumentedBehaviour {
  const behaviours = ['taken', 'ignored', 'cut', 'refused'] as const;
  return ({ path, option }) => {
    const kind = path.replace(/[^/]*[-\d][^/]*/g, '{id}');
    const random = createRandom(slice + [...(kind + option)].reduce((sum, each) => sum * 31 + each.charCodeAt(0), 7));
    return random.pick(behaviours);
  };
}

describe.each(settings)('data and errors are those of graphql-js over plain calls, $title', (setting) => {
  it.each(Array.from({ length: slices }, (_, slice) => slice))(
    'for random queries, part %#',
    async (slice) => {
      const gateway = openTestGateway(graph.url, { options: setting.options });
      closeAfterEach(gateway);
      emulator.change({ undocumented: setting.options === 'learned' ? behaviourOf(slice) : 'refused' });
      const size = Math.ceil((setting.queries * factor) / slices);
      const before = struck;
      for (let seed = firstSeed + slice * size; seed < firstSeed + (slice + 1) * size; seed += 1) {
        const { query, variables } = randomQuery(gateway.schema, createRandom(seed), tenant, randomOptions);
        await compare(gateway, query, variables, seed);
      }
      expect(struck - before).toBeGreaterThan(0);
      expect(gateway.learned.list().some(([, fact]) => 'verdict' in fact)).toBe(setting.options === 'learned');
    },
    120_000 * factor,
  );
});

describe('data and errors are those of graphql-js over plain calls', () => {
  it.each(readGoldenCases(join(import.meta.dirname, '../plans')).map(({ name, query }) => [name, query] as const))(
    'for the golden case %s, as Graph should answer and where it fails at random places',
    async (_, source) => {
      emulator.change({ undocumented: 'refused' });
      const gateway = openTestGateway(graph.url);
      closeAfterEach(gateway);
      const query = fillPlaceholders(source, tenant);
      for (const seed of [undefined, 1, 2, 3, 4, 5]) await compare(gateway, query, {}, seed);
    },
  );
});
