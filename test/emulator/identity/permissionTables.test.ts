import { describe, expect, it } from '@jest/globals';
import { permissionFor, type PermissionMode } from '../../../src/auth/permissions/permissionFor.js';
import { permissionTable } from '../../../src/auth/permissions/permissionTable.js';
import { allowedPermissions } from '../../../src/emulator/identity/permissionTable.js';

/**
 * The gateway's table says what to grant; the emulator's says what is enough. They were written apart from the same pages,
 * so a slip in one shows as a difference here.
 */
const operations = permissionTable.flatMap(({ methods, path }) =>
  methods.map((method) => [method, path.replaceAll('*', '0a1b')] as const),
);
const modes: readonly PermissionMode[] = ['delegated', 'application'];

describe('the gateway’s and the emulator’s permission tables', () => {
  it.each(operations)('agree on what to grant for %s %s', (method, path) => {
    const allowed = allowedPermissions(method, path);
    for (const mode of modes.filter((each) => each === 'delegated' || !path.startsWith('/me'))) {
      const hint = permissionFor(method, path, mode);
      const enough = mode === 'delegated' ? allowed?.user : allowed?.application;
      expect(enough).toContain(hint?.grant);
      expect(hint?.accepted.filter((permission) => enough?.includes(permission) !== true)).toEqual([]);
    }
  });

  it('cover more than eighty operations', () => {
    expect(operations.length).toBeGreaterThan(80);
  });
});
