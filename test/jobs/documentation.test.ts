import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readJobs } from '../../src/cli/readJobs.js';

const page = readFileSync(new URL('../../docs/jobs.md', import.meta.url), 'utf8');

describe('the page on jobs', () => {
  it('has a line for each job, and for no other', () => {
    const listed = [...page.matchAll(/^\| \[`([\w-]+)`\]\(\.\.\/jobs\/([\w-]+)\.graphql\)/gm)];
    expect(listed.map(([, name]) => name)).toEqual(readJobs().map(({ name }) => name));
    expect(listed.map(([, , file]) => file)).toEqual(readJobs().map(({ name }) => name));
  });

  it('has a line for each script and each cmdlet that a job says it replaces', () => {
    const named = readJobs().flatMap(({ replaces }) => replaces.match(/\b[\w-]+\.ps1\b|\b(?:Get|Invoke)-M\w+/gi) ?? []);
    const table = page.slice(page.indexOf('## By script and cmdlet'));
    const missing = [...new Set(named)].filter((name) => !table.includes(name));
    expect(missing).toEqual([]);
  });
});
