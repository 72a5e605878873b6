import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { publishedCodes, statusOf } from '../../src/server/errors/publishedCodes.js';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+|–) \| (.+) \| (.+) \|$/gm)];

describe('docs/errors.md', () => {
  it('has one row for each code that clients are promised', () => {
    expect(rows.map(([, code]) => code).sort()).toEqual([...publishedCodes].sort());
  });

  it.each(publishedCodes)('says the HTTP status of %s', (code) => {
    const [, , status] = rows.find(([, name]) => name === code) ?? [];
    if (status !== '–') expect(Number(status)).toBe(statusOf(code));
  });
});
