import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorCodes } from '../../src/errors/errorCodes.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/clients.md');

/** The files that the other tests of this folder run. */
const sources = ['examples/clients', 'test/clients/relay/src'].flatMap((folder) =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url)).map((name) => read(`${folder}/${name}`)),
);

describe('docs/clients.md', () => {
  const blocks = [...page.matchAll(/^```(?:ts|js|json)\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

  it('has code of every client', () => expect(blocks.length).toBeGreaterThan(8));

  it.each(blocks)('quotes what is tested: %s', (code) => {
    expect(sources.some((source) => source.includes(code))).toBe(true);
  });

  it('says which errors are worth asking again', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` +\| (yes|where `retryable`) +\|$/gm)];
    const again = { yes: true, 'where `retryable`': 'sometimes' } as const;
    const said = rows.map(([, code, when]) => [code, again[when as keyof typeof again]]);
    const worthIt = Object.entries(errorCodes).filter(([, { retryable }]) => retryable !== false);
    expect(Object.fromEntries(said)).toEqual(
      Object.fromEntries(worthIt.map(([code, { retryable }]) => [code, retryable])),
    );
  });

  it('points to pages and files that are there', () => {
    const links = [...page.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter((each) => /\.\w+$/.test(each))) expect(read(`docs/${link}`)).not.toBe('');
  });
});
