import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorCodes, type ErrorCode } from '../../src/errors/errorCodes.js';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+|–) \| (yes|no|sometimes) \| (.+) \| (.+) \|$/gm)];
const codes = Object.keys(errorCodes) as readonly ErrorCode[];

describe('docs/errors.md', () => {
  it('has one row for each code that clients are promised', () => {
    expect(rows.map(([, code]) => code).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('says the HTTP status of %s, and whether asking again can help', (code) => {
    const [, , status, again] = rows.find(([, name]) => name === code) ?? [];
    const { status: promised, retryable } = errorCodes[code];
    if (status !== '–') expect(Number(status)).toBe(promised);
    expect(again).toBe(retryable === 'sometimes' ? retryable : retryable ? 'yes' : 'no');
  });
});
