import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';
import { runCommand } from '../../src/cli/runCommand.js';
import { createSchema } from '../../src/schema/createSchema.js';

const page = readFileSync(new URL('../../docs/writes.md', import.meta.url), 'utf8');

/** The first cells of the table under a heading. */
function tabled(heading: string): readonly (string | undefined)[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
}

function valuesOf(name: string): readonly string[] {
  const type = createSchema().getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
}

describe('docs/writes.md', () => {
  it('names every outcome and every code, and no others', () => {
    expect(tabled('Outcomes')).toEqual(valuesOf('WriteOutcome'));
    expect(tabled('userErrors')).toEqual(valuesOf('UserErrorCode'));
  });

  it('says how many histories are tested', () => {
    const test = readFileSync(new URL('./histories.test.ts', import.meta.url), 'utf8');
    const count = /process\.env\.HISTORIES \?\? (\d+)/.exec(test)?.[1];
    expect(page).toContain(`runs ${count} random histories`);
  });

  it('names the columns and the outcomes that license-gateway assign --help names', async () => {
    let help = '';
    await runCommand(['assign', '--help'], { variables: {}, print: (text) => void (help += text) });
    const [, section = ''] = page.split('\n## From the command line\n');
    const words = [
      ...(/calls (assigneeId[^]*?),\s+in this order/.exec(help)?.[1]?.match(/[\w.]{2,}/g) ?? []),
      ...(/outcome is ([^]*?) are skipped/.exec(help)?.[1]?.match(/[A-Z_]+/g) ?? []),
      ...(help.match(/--(?:column|replacing|remove|dry-run|result|url|chunk|json)\b/g) ?? []),
    ];
    const names = words.filter((word) => word !== 'or');
    expect(names).toEqual(expect.arrayContaining(['objectId', 'UPN', 'ALREADY_SWAPPED', '--column']));
    expect(names.filter((name) => !section.includes(`\`${name}`))).toEqual([]);
  });

  it('names every mutation', () => {
    const [table = ''] = page.split('\n## ');
    const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(createSchema().getMutationType()?.getFields() ?? {}));
  });
});
