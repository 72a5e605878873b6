import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import type { PathFact } from '../../src/mapping/mappingTypes.js';
import { callGraph, eventual } from '../emulator/support/callGraph.js';
import { PathFinder, templatesOf } from './support/findPath.js';
import { rows, usesOf, type PathUse } from './support/pathUses.js';

/**
 * `mapping` and the emulator were written apart from the same pages. What a row here calls documented the emulator has
 * to take; what it infers the emulator has to know as undocumented: refused by default, taken where it is told to.
 */
const batchSize = 20;

let graph: Emulator;
let finder: PathFinder;
let signedIn: string | undefined;

beforeAll(async () => {
  graph = await startEmulator({ users: 60, seed: 5, latencyMs: 0, userOf: () => signedIn });
  finder = new PathFinder(graph);
});
afterAll(() => graph.close());

interface Part {
  readonly id: string;
  readonly status: number;
  readonly body: { readonly error?: { readonly message: string } };
}

/** Asks for each use of a path, and says of those that are not answered as they should be what came. */
async function differencesAt(
  path: string,
  uses: readonly PathUse[],
  undocumented: 'refused' | 'taken',
  wanted: 200 | 400,
): Promise<readonly string[]> {
  graph.change({ undocumented });
  const found: string[] = [];
  for (let first = 0; first < uses.length; first += batchSize) {
    const asked = uses.slice(first, first + batchSize);
    const requests = asked.map(({ query, advanced }, id) => ({
      id: String(id),
      method: 'GET',
      url: query === '' ? path : `${path}?${query}`,
      ...(advanced ? { headers: eventual } : {}),
    }));
    const { body } = await callGraph(graph, '/$batch', { method: 'POST', body: { requests } });
    for (const { id, status, body: answer } of body.responses as readonly Part[]) {
      const use = asked[Number(id)];
      const told = undocumented === 'taken' ? ', told to take it,' : '';
      const text = answer.error?.message ?? '';
      if (status !== wanted)
        found.push(`${path} ${use?.query}: ${use?.basis}; the emulator${told} answers ${status} ${text}`);
    }
  }
  return found;
}

async function allDifferencesAt(path: string, row: PathFact): Promise<readonly string[]> {
  const uses = usesOf(row);
  const inferred = uses.filter(({ basis }) => basis === 'inferred');
  return [
    ...(await differencesAt(
      path,
      uses.filter(({ basis }) => basis === 'documented'),
      'refused',
      200,
    )),
    ...(await differencesAt(path, inferred, 'refused', 400)),
    ...(await differencesAt(path, inferred, 'taken', 200)),
  ];
}

describe('the emulator takes what the table of paths allows', () => {
  it.each(rows.map((row) => [row.path, row] as const))('%s', async (path, row) => {
    const differences: string[] = [];
    for (const template of templatesOf(path)) {
      const place = await finder.find(template);
      if (place === undefined) throw new Error(`The tenant has nothing at ${template}.`);
      differences.push(...(await allDifferencesAt(place, row)));
      const [, user, rest] = /^\/users\/([^/]+)(.*)$/.exec(place) ?? [];
      signedIn = user;
      if (user !== undefined) differences.push(...(await allDifferencesAt(`/me${rest ?? ''}`, row)));
    }
    expect(differences).toEqual([]);
  });
});
