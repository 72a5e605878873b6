import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from '@jest/globals';

/** A golden case: the query with its hand-written budgets, and where its goldens stand. */
export interface GoldenCase {
  /** `noun/case`, the name of the test. */
  readonly name: string;
  readonly query: string;
  /** `# expect waves 1` and the like; renewing the goldens does not touch them. */
  readonly budgets: Readonly<Record<string, number>>;
  readonly path: string;
}

function readBudgets(query: string): Record<string, number> {
  const lines = [...query.matchAll(/^# expect (waves|requests|operations|errors) (\d+)$/gm)];
  return Object.fromEntries(lines.map(([, what = '', amount]) => [what, Number(amount)]));
}

/** All cases under a folder, by name. */
export function readGoldenCases(folder: string): readonly GoldenCase[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(join(folder, file), 'utf8');
    const path = join(folder, file.replace(/\.graphql$/, ''));
    return { name: relative(folder, path), query, budgets: readBudgets(query), path };
  });
}

const kinds = { plan: '.plan.txt', http: '.http.txt', json: '.json' } as const;

/**
 * Holds a text against its golden file. `UPDATE_GOLDENS=plan,http,json npm test` writes the kinds that are named, and
 * nothing in CI.
 */
export function expectGolden(golden: GoldenCase, kind: keyof typeof kinds, text: string): void {
  const file = golden.path + kinds[kind];
  const renewed = (process.env.UPDATE_GOLDENS ?? '').split(',');
  if (renewed.includes(kind) && process.env.CI === undefined) writeFileSync(file, text);
  if (!existsSync(file)) throw new Error(`${file} is missing; UPDATE_GOLDENS=${kind} writes it`);
  expect(text).toBe(readFileSync(file, 'utf8'));
}
