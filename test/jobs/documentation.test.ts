import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../src/cli/readDocument.js';
import { findJob, readJobs } from '../../src/cli/readJobs.js';

const page = readFileSync(new URL('../../docs/jobs.md', import.meta.url), 'utf8');

describe('the page on jobs', () => {
  it('has a line for each job, and for no other', () => {
    const listed = [...page.matchAll(/^\| \[`([\w-]+)`\]\(\.\.\/jobs\/([\w-]+)\.graphql\)/gm)];
    expect(listed.map(([, name]) => name)).toEqual(readJobs().map(({ name }) => name));
    expect(listed.map(([, , file]) => file)).toEqual(readJobs().map(({ name }) => name));
  });

  it('gives commands for jobs that there are, with the rows that they have', () => {
    const commands = [...page.matchAll(/\b(?:query|explain) (\d\S*?|\S+\.graphql)(?= |`|$)(?: --rows (\S+))?/gm)];
    expect(commands.length).toBeGreaterThan(20);
    for (const [, name = '', rows] of commands) {
      expect(() => readDocument(name)).not.toThrow();
      if (rows !== undefined) expect(findJob(name)?.lines).toContain(`--rows ${rows} `);
    }
  });

  it('has a line for each script and each cmdlet that a job says it replaces', () => {
    const named = readJobs().flatMap(({ replaces }) => replaces.match(/\b[\w-]+\.ps1\b|\b(?:Get|Invoke)-M\w+/gi) ?? []);
    const table = page.slice(page.indexOf('## By script and cmdlet'));
    const missing = [...new Set(named)].filter((name) => !table.includes(name));
    expect(missing).toEqual([]);
  });
});
