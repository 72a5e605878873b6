import { describe, expect, it } from '@jest/globals';
import { openTestGateway } from '../support/testGateway.js';
import { allotmentPairs } from './table/allotmentPairs.js';
import { assignmentPairs } from './table/assignmentPairs.js';
import type { CoveredPair } from './table/Coverage.js';
import { directoryPairs } from './table/directoryPairs.js';
import { leftOutPairs } from './table/leftOutPairs.js';
import { seedPairs } from './table/seedPairs.js';
import { usageRightPairs } from './table/usageRightPairs.js';
import { waitingMemberPairs } from './table/waitingMemberPairs.js';
import { readPairs, type DocumentedPair, type Json } from './support/DocumentedPair.js';
import { startReplay, type ReplayedRequest } from './support/startReplay.js';

const pairs = new Map(readPairs().map((pair) => [pair.number, pair]));
const covered = [
  ...seedPairs,
  ...allotmentPairs,
  ...assignmentPairs,
  ...usageRightPairs,
  ...waitingMemberPairs,
  ...directoryPairs,
];

function pairOf(coverage: CoveredPair): DocumentedPair {
  const pair = pairs.get(coverage.pair);
  if (pair === undefined) throw new Error(`There is no pair ${coverage.pair}.`);
  if (coverage.corrected === undefined) return pair;
  return { ...pair, response: { ...pair.response, body: coverage.corrected.body } };
}

interface Replayed {
  readonly data: unknown;
  readonly errors: readonly string[];
  readonly log: readonly ReplayedRequest[];
}

/** Asks a gateway in front of a Graph that knows these pairs only. */
async function askAgainst(played: readonly DocumentedPair[], query: string): Promise<Replayed> {
  const replay = await startReplay(played);
  const gateway = openTestGateway(replay.url);
  try {
    const answer = await gateway.ask(query);
    const errors = answer.errors.map(({ path, code }) => `${path} ${String(code)}`);
    return { data: answer.data as unknown, errors, log: replay.log };
  } finally {
    await gateway.close();
    await replay.close();
  }
}

/** Names of all properties inside a documented body, without annotations. */
function propertyNames(value: unknown): ReadonlySet<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...propertyNames(item)]));
  if (typeof value !== 'object' || value === null) return new Set();
  const own = Object.entries(value as Json).filter(([name]) => !name.startsWith('@odata.'));
  return new Set(own.flatMap(([name, inner]) => [name, ...propertyNames(inner)]));
}

describe('the table of documented pairs', () => {
  it('names each of the 62 pairs exactly once', () => {
    const named = [...covered, ...leftOutPairs].map(({ pair }) => pair).sort();
    expect(pairs.size).toBe(62);
    expect(named).toEqual([...pairs.keys()]);
  });

  it('gives a reason for each pair that is left out or corrected', () => {
    const explained = [...leftOutPairs, ...covered.flatMap(({ corrected }) => corrected ?? [])];
    expect(explained.filter(({ why }) => why.length < 20)).toEqual([]);
  });
});

describe.each(covered.map((each): [string, CoveredPair] => [`${each.pair} ${pairOf(each).name}`, each]))(
  'documented pair %s',
  (_, coverage) => {
    const pair = pairOf(coverage);

    it('gives the documented data', async () => {
      const { data, errors } = await askAgainst([pair], coverage.query);
      expect(errors).toEqual(coverage.errors ?? []);
      expect(data).toEqual(coverage.answer);
    });

    it('is asked for by the documented request or by one that costs no more, and by nothing else', async () => {
      const { log } = await askAgainst([pair], coverage.query);
      expect(log.map((request) => request.pair)).toEqual(Array<string>(coverage.sent ?? 1).fill(coverage.pair));
      for (const request of log) expect(request.units).toBeLessThanOrEqual(request.documentedUnits);
    });

    it('has every documented property in the query, save those that the schema does not model', () => {
      const known = new Set([...coverage.query.matchAll(/\w+/g)].map(([word]) => word));
      const body = pair.response.status < 400 ? pair.response.body : undefined;
      const missing = [...propertyNames(body)].filter((name) => name !== 'value' && !known.has(name));
      expect(missing.sort()).toEqual([...(coverage.unmodelled ?? [])].sort());
    });
  },
);

describe('the gateway in front of documented answers', () => {
  it('answers documented requests as parts of one batch', async () => {
    const played = ['002', '007', '012', '049'];
    const query = `{
      user(id: "48fbdf70-9e09-40df-9dbe-17af483ab113") {
        usageRight(id: "i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3") { skuPartNumber }
      }
      assignments { nodes { id } }
      skus { skuPartNumber }
      groups(filter: { hasMembersWithLicenseErrors: { eq: true } }) { totalCount }
    }`;
    const { data, errors, log } = await askAgainst(
      played.flatMap((number) => pairs.get(number) ?? []),
      query,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      user: { usageRight: { skuPartNumber: 'Microsoft_365_Copilot' } },
      assignments: { nodes: [{ id: '405ee855-dd74-f695-8d7e-be35a6788fe8' }] },
      skus: ['ENTERPRISEPACK', 'ENTERPRISEPREMIUM', 'SHAREPOINTSTANDARD'].map((skuPartNumber) => ({ skuPartNumber })),
      groups: { totalCount: 2 },
    });
    expect(log.map((request) => request.pair).sort()).toEqual(played);
    expect(log.every((request) => request.inBatch)).toBe(true);
  });

  it.each([
    ['056', '{ users { totalCount } }'],
    ['061', '{ users { totalCount } }'],
    ['058', '{ users(filter: { userPrincipalName: { endsWith: "#EXT#@contoso.com" } }) { nodes { id } } }'],
    [
      '060',
      `{ users(filter: { userPrincipalName: { in: [${Array.from({ length: 16 }, (_, index) => `"u${index + 1}@contoso.com"`).join(' ')}] } }) {
        nodes { id }
      } }`,
    ],
  ])('never sends the request of pair %s, which Graph refuses or half answers', async (number, query) => {
    const { log } = await askAgainst([pairs.get(number) as DocumentedPair], query);
    expect(log.length).toBeGreaterThan(0);
    expect(log.filter((request) => request.pair !== undefined)).toEqual([]);
  });

  it('answers an error where Graph says something that no page documents', async () => {
    const { data, errors } = await askAgainst([], '{ assignments { nodes { id } } }');
    expect({ data, errors }).toEqual({ data: { assignments: null }, errors: ['assignments BAD_USER_INPUT'] });
  });
});
