import { describe, expect, it } from '@jest/globals';
import { createCursors } from '../../src/answer/Cursors.js';
import { createRandom } from '../support/random.js';

const key = 'one key for all replicas';
const scope = '/users Query.users({"search":"ann"})';
const position = { source: 0, page: '/users?$skiptoken=x', index: 3, ordinal: 13, eventual: false, fields: 'id mail' };

describe('A25: a cursor', () => {
  it('leads back to its place, on another replica with the same key too', () => {
    const cursor = createCursors(key, 'tenant/ann').write(scope, position, 'row');
    expect(createCursors(key, 'tenant/ann').read(scope, cursor)).toEqual({ ...position, id: 'row' });
  });

  it.each([
    ['another list', '/groups Query.groups', 'tenant/ann', key],
    ['the list with another search', '/users Query.users({"search":"bob"})', 'tenant/ann', key],
    ['another caller', scope, 'tenant/bob', key],
    ['another key', scope, 'tenant/ann', 'something else'],
  ])('is refused for %s', (_, otherScope, caller, otherKey) => {
    const cursor = createCursors(key, 'tenant/ann').write(scope, position, 'row');
    expect(() => createCursors(otherKey, caller).read(otherScope, cursor)).toThrow(/was not made for this list/);
  });

  it('is refused after any edit (2,000 random edits)', () => {
    const random = createRandom(25);
    const cursors = createCursors(key, '');
    const cursor = cursors.write(scope, position, 'row');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=. ';
    for (let run = 0; run < 2_000; run += 1) {
      const at = random.below(cursor.length + 1);
      const edited = cursor.slice(0, at) + random.pick([...alphabet]) + cursor.slice(at + random.below(2));
      if (edited === cursor) continue;
      expect(() => cursors.read(scope, edited)).toThrow(/was not made for this list/);
    }
  });

  it.each(['', 'x', '%%%', 'eyJhIjoxfQ'])('%j is refused without a crash', (text) => {
    expect(() => createCursors(key, '').read(scope, text)).toThrow(/was not made for this list/);
  });
});
