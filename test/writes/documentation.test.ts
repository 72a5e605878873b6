import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';
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

  it('names every mutation', () => {
    const [table = ''] = page.split('\n## ');
    const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(createSchema().getMutationType()?.getFields() ?? {}));
  });
});
