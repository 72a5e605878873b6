import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { startEmulator, type Emulator } from '../src/emulator/index.js';
import { comparable } from './support/comparable.js';
import { createRandom } from './support/random.js';
import { randomQuery } from './support/randomQuery.js';
import { referenceAnswer } from './support/referenceAnswer.js';
import { readTenant, type Tenant } from './support/tenant.js';
import { openTestGateway, type TestGateway } from './support/testGateway.js';

/** How many random queries are compared; `EQUIVALENCE_QUERIES` asks for more, `EQUIVALENCE_SEED` for others. */
const queries = Number(process.env.EQUIVALENCE_QUERIES ?? 500);
const firstSeed = Number(process.env.EQUIVALENCE_SEED ?? 1);
const slices = 10;

let emulator: Emulator;
let gateway: TestGateway;
let tenant: Tenant;

beforeAll(async () => {
  emulator = await startEmulator({ users: 60, seed: 3 });
  gateway = openTestGateway(emulator.url);
  tenant = await readTenant(emulator.url);
});

afterAll(async () => {
  await gateway.close();
  await emulator.close();
});

async function compare(seed: number): Promise<void> {
  const query = randomQuery(gateway.schema, createRandom(seed), tenant);
  const problems = validate(gateway.schema, parse(query)).map((error) => error.message);
  expect({ seed, query, problems }).toEqual({ seed, query, problems: [] });
  const answer = await gateway.ask(query);
  const reference = await referenceAnswer(emulator.url, query);
  expect({ seed, query, errors: answer.errors }).toEqual({ seed, query, errors: [] });
  expect({ seed, query, data: comparable(answer.data) }).toEqual({ seed, query, data: comparable(reference.data) });
}

describe('the planned answer to a random query is the one that one call for each field gives', () => {
  it.each(Array.from({ length: slices }, (_, slice) => slice))(
    'slice %# of the seeds',
    async (slice) => {
      const size = Math.ceil(queries / slices);
      for (let seed = firstSeed + slice * size; seed < firstSeed + (slice + 1) * size; seed += 1) await compare(seed);
    },
    120_000,
  );
});
