import { beforeAll, describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { bindRequest } from '../../src/bind/bindRequest.js';
import type { BoundOperation } from '../../src/bind/BoundOperation.js';
import { CompiledDocuments } from '../../src/compile/CompiledDocuments.js';
import { learnedLimits } from '../../src/compile/CompileLimits.js';
import { startEmulator } from '../../src/emulator/index.js';
import { describeCalls } from '../../src/explain/describeCalls.js';
import { addUp } from '../../src/explain/CostEstimate.js';
import { estimateCost } from '../../src/explain/estimateCost.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { createRandom } from '../support/random.js';
import { randomQuery } from '../support/randomQuery.js';
import { readTenant, type Tenant } from '../support/tenant.js';

const schema = createSchema();
const compiled = new CompiledDocuments(schema, learnedLimits);
const guid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Binds a document that is parsed once to one set of variables after the other. */
function openDocument(source: string): (variables: Readonly<Record<string, unknown>>) => BoundOperation | undefined {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new TypeError(source);
  return (variables) => bindRequest(schema, compiled, { document, operation, variables }).bound;
}

function expectTheSame(bound: BoundOperation | undefined): void {
  if (bound === undefined) throw new TypeError('the variables are refused');
  expect(estimateCost(bound)).toEqual(addUp(describeCalls(bound)));
}

let tenant: Tenant;

beforeAll(async () => {
  const emulator = await startEmulator({ users: 10, seed: 3, latencyMs: 0 });
  tenant = await readTenant(emulator.url);
  await emulator.close();
});

describe('the remembered estimate of an operation is the one that its calls add up to', () => {
  it('whatever the sizes of pages', () => {
    const bind = openDocument(
      'query ($first: Int!, $inner: Int!) { users(first: $first) { nodes { usageRights(first: $inner) { nodes { assignments { nodes { id } } } } } } }',
    );
    for (const [first, inner] of [
      [1, 1],
      [50, 3],
      [3, 50],
      [1, 1],
      [5000, 1],
    ])
      expectTheSame(bind({ first, inner }));
  });

  it('whether ids are equal, names, or those of owned objects', () => {
    const bind = openDocument(
      'query ($a: ID!, $b: ID!) { a: user(id: $a) { displayName } b: user(id: $b) { displayName usageRights { nodes { id } } } }',
    );
    const ids = [guid(1), guid(2), 'ann@example.com'];
    for (const a of ids) for (const b of ids) expectTheSame(bind({ a, b }));
  });

  it('whatever is compared', () => {
    const bind = openDocument(
      'query ($skus: [UUID!]) { allotments(filter: { skuId: { in: $skus } }) { nodes { waitingMembers { nodes { id } } } } }',
    );
    for (const size of [0, 1, 15, 16, 40, 1]) {
      expectTheSame(bind({ skus: Array.from({ length: size }, (_, index) => guid(index)) }));
    }
  });

  it('for 300 random queries, each with variables of three kinds', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const { query, variables } = randomQuery(schema, createRandom(seed), tenant);
      const bind = openDocument(query);
      const changed = (change: (value: unknown) => unknown) =>
        Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, change(value)]));
      const others = [
        variables,
        changed((value) => (typeof value === 'number' ? 7 : value)),
        changed((value) => (typeof value === 'string' && value.length === 36 ? guid(seed) : value)),
      ];
      for (const each of others) {
        const bound = bind(each);
        if (bound !== undefined) expectTheSame(bound);
      }
    }
  });
});
