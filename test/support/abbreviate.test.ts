import { describe, expect, it } from '@jest/globals';
import { abbreviateLines, abbreviateLists } from './abbreviate.js';

function rowsOf(count: number): { readonly id: number; readonly inner: readonly number[] }[] {
  return Array.from({ length: count }, (_, id) => ({ id, inner: [id] }));
}

function lineOf(user: number, path = 'usageRights'): string {
  return `wave 2  GET /users/${String(user).padStart(8, '0')}-0000-4000-8000-000000000000/${path}`;
}

function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, user) => lineOf(user));
}

describe('a long list in a golden', () => {
  it('shows three items, how many more there are, and a digest of these', () => {
    expect(abbreviateLists({ nodes: rowsOf(10) })).toEqual({
      nodes: [...rowsOf(3), expect.stringMatching(/^… 7 more, sha256 [0-9a-f]{16}$/)],
    });
    expect(abbreviateLists({ nodes: rowsOf(9) })).toEqual({ nodes: rowsOf(9) });
  });

  it('differs where an item differs that is not shown', () => {
    const others = [
      rowsOf(10).reverse(),
      [...rowsOf(9), { id: 9, inner: [8] }],
      [...rowsOf(9), { id: 9, inner: [] }],
      rowsOf(11),
    ];
    const all = [rowsOf(10), ...others].map((rows) => JSON.stringify(abbreviateLists(rows)));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('many calls of one form in a golden', () => {
  it('are three lines, how many more there are, and a digest of these', () => {
    expect(abbreviateLines(['wave 1  GET /users', ...linesOf(10)])).toEqual([
      'wave 1  GET /users',
      ...linesOf(3),
      expect.stringMatching(/^… 7 more, sha256 [0-9a-f]{16}$/),
    ]);
  });

  it('hide no call of another form, and no other id', () => {
    const other = lineOf(9, 'assignments');
    expect(abbreviateLines([...linesOf(9), other])).toEqual([...linesOf(9), other]);
    expect(abbreviateLines([...linesOf(9), lineOf(99)])).not.toEqual(abbreviateLines(linesOf(10)));
  });
});
