import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { startEmulator, type Emulator, type EmulatorOptions } from '../src/emulator/index.js';
import type { AnswersOfGraph } from './reference/ReferenceGraph.js';
import { comparable } from './support/comparable.js';
import { createRandom } from './support/random.js';
import { randomQuery } from './support/randomQuery.js';
import { referenceAnswer } from './support/referenceAnswer.js';
import { readTenant, type Tenant } from './support/tenant.js';
import { openTestGateway, type TestGateway } from './support/testGateway.js';

/** How many times the usual number of random queries are compared, and from which seed on. */
const factor = Number(process.env.EQUIVALENCE_FACTOR ?? 1);
const firstSeed = Number(process.env.EQUIVALENCE_SEED ?? 1);
const slices = 10;

interface Setting {
  readonly title: string;
  readonly queries: number;
  readonly options: EmulatorOptions;
  /**
   * Whether a plan never sends more HTTP requests than one call for each field. Where pages are short it may: lists that
   * leave early, so that nobody has to wait for them, can turn out to be needed by nobody.
   */
  readonly costsNoMore: boolean;
}

/** Ways in which Graph may behave; the answers have to be the same behind each. */
const settings: readonly Setting[] = [
  { title: 'Graph as documented', queries: 200, options: { users: 60, seed: 3, latencyMs: 0 }, costsNoMore: true },
  {
    title: 'pages of seven, expansions of two with links, wrapped objects, rows dropped by inner filters',
    queries: 50,
    options: {
      users: 40,
      seed: 4,
      latencyMs: 0,
      pageSize: 7,
      maxPageSize: 7,
      expandCap: 2,
      expandNextLinks: true,
      wrapSingleEntities: true,
      filterInExpandDropsRows: true,
    },
    costsNoMore: false,
  },
];

describe.each(settings)('$title', ({ queries, options, costsNoMore }) => {
  let emulator: Emulator;
  let gateway: TestGateway;
  let tenant: Tenant;
  /** Nothing changes in the tenant, so what Graph has answered to one query holds for the next. */
  const answers: AnswersOfGraph = new Map();

  beforeAll(async () => {
    emulator = await startEmulator(options);
    gateway = openTestGateway(emulator.url);
    tenant = await readTenant(emulator.url);
  });

  afterAll(async () => {
    await gateway.close();
    await emulator.close();
  });

  async function compare(seed: number): Promise<void> {
    const { query, variables } = randomQuery(gateway.schema, createRandom(seed), tenant);
    const problems = validate(gateway.schema, parse(query)).map((error) => error.message);
    expect({ seed, query, problems }).toEqual({ seed, query, problems: [] });
    emulator.reset();
    const answer = await gateway.ask(query, variables);
    const { requests: planned } = emulator.usage();
    const reference = await referenceAnswer(emulator.url, query, variables, { answers });
    const { requests: plain } = reference;
    if (costsNoMore)
      expect({ seed, query, requests: Math.max(planned, plain) }).toEqual({ seed, query, requests: plain });
    expect({ seed, query, errors: answer.errors }).toEqual({ seed, query, errors: [] });
    expect({ seed, query, data: comparable(answer.data) }).toEqual({ seed, query, data: comparable(reference.data) });
  }

  it.each(Array.from({ length: slices }, (_, slice) => slice))(
    'gives the planned answer that one call for each field gives, random queries part %#',
    async (slice) => {
      const size = Math.ceil((queries * factor) / slices);
      for (let seed = firstSeed + slice * size; seed < firstSeed + (slice + 1) * size; seed += 1) await compare(seed);
    },
    120_000 * factor,
  );
});
