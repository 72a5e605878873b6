import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { printVariablesAsMarkdown } from '../../src/config/printVariables.js';

describe('docs/configuration.md', () => {
  it('holds the table that `license-gateway serve --variables` prints', () => {
    const text = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    expect(text).toContain(printVariablesAsMarkdown());
  });
});
