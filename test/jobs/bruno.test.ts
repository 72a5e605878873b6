import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readJobs } from '../../src/cli/jobs/readJobs.js';
import { printBruno } from './printBruno.js';

const folder = new URL('../../examples/bruno/', import.meta.url);
const requests = printBruno(readJobs());

/** `UPDATE_GOLDENS=bruno npm test -- test/jobs` writes the requests. */
function renew(): void {
  for (const { name, text } of requests) writeFileSync(new URL(encodeURIComponent(name), folder), text);
}

describe('the Bruno collection', () => {
  if ((process.env.UPDATE_GOLDENS ?? '').split(',').includes('bruno') && process.env.CI === undefined) renew();

  it('has a request for each operation of the jobs, and no others', () => {
    const files = readdirSync(folder).filter((name) => /^\d.*\.bru$/.test(name));
    expect(files.toSorted()).toEqual(requests.map(({ name }) => name).toSorted());
  });

  it.each(requests.map((request) => [request.name, request] as const))(
    '%s is the job as it stands in jobs/',
    (name, { text }) => {
      expect(readFileSync(new URL(encodeURIComponent(name), folder), 'utf8')).toBe(text);
    },
  );

  it('has a variable for everything that a request asks for', () => {
    const environment = readFileSync(new URL('environments/local.bru', folder), 'utf8');
    const asked = requests.flatMap(({ text }) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));
    for (const name of new Set(asked)) expect(environment).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
  });
});
