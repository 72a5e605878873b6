import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { listFieldCalls } from '../../src/cli/permissions/listFieldCalls.js';
import { mutationCalls } from '../../src/cli/permissions/mutationCalls.js';
import { runCommand } from '../../src/cli/runCommand.js';
import { createSchema } from '../../src/schema/createSchema.js';

async function printPermissions(): Promise<string> {
  let printed = '';
  await runCommand(['check', '--permissions'], { variables: {}, print: (text) => void (printed += text) });
  return printed;
}

describe('docs/permissions.md', () => {
  const text = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');

  it('ends with the tables that `license-gateway check --permissions` prints', async () => {
    const [introduction = ''] = text.split('## Reads');
    expect(text).toBe(introduction + (await printPermissions()));
  });

  it('has a row for every mutation of the schema', () => {
    const names = Object.keys(createSchema().getMutationType()?.getFields() ?? {});
    expect(mutationCalls.map(({ field }) => field.replace('Mutation.', '')).sort()).toEqual(names.sort());
  });

  it('knows a permission for every read', () => {
    const rows = text.split('## Reads')[1]?.split('## Changes')[0]?.split('\n') ?? [];
    const calls = listFieldCalls().flatMap((each) => each.calls);
    expect(rows.filter((row) => row.includes(' GET ') || row.includes(' POST '))).toHaveLength(calls.length);
    expect(rows.filter((row) => row.includes('| – |') && !row.includes('GET `/me`'))).toEqual([]);
  });

  it('recommends no permission that the table does not hold', () => {
    const [introduction = ''] = text.split('## Reads');
    const named = [...introduction.matchAll(/`(\w+\.(?:\w+\.)?(?:All|Read))`/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of new Set(named)) expect(text.split('## Reads')[1]).toContain(`\`${name ?? ''}\``);
  });
});
