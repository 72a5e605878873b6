import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readJobs } from '../../src/cli/readJobs.js';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { openTestGateway, type TestGateway } from '../support/testGateway.js';
import { printBruno } from './printBruno.js';

const folder = new URL('../../examples/bruno/', import.meta.url);
const requests = printBruno(readJobs());

const environment = readFileSync(new URL('environments/local.bru', folder), 'utf8');

/** The text of a request, with the variables of the environment put in as Bruno does. */
function filledIn(text: string): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) =>
    String(new RegExp(`^ {2}${name}: (.*)$`, 'm').exec(environment)?.[1]),
  );
}

/** What stands in a block of a request. */
function blockOf(text: string, name: string): string {
  return new RegExp(`^${name} \\{\\n([^]*?)\\n\\}`, 'm').exec(text)?.[1] ?? '';
}

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
    const asked = requests.flatMap(({ text }) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''));
    expect(asked).toContain('sku');
    for (const name of new Set(asked)) expect(environment).toMatch(new RegExp(`^ {2}${name}: `, 'm'));
  });
});

describe('the Bruno collection, asked of the tenant that npm start serves', () => {
  let emulator: Emulator;
  let gateway: TestGateway;
  beforeAll(async () => {
    emulator = await startEmulator({ users: readConfig({}).emulator.users });
    gateway = openTestGateway(emulator.url);
  });
  afterAll(async () => {
    await gateway.close();
    await emulator.close();
  });

  it.each(requests.map(({ name, text }) => [name, filledIn(text)] as const))(
    '%s is answered, about somebody and something that is there',
    async (_, text) => {
      const variables = blockOf(text, 'body:graphql:vars');
      const asked = variables === '' ? {} : (JSON.parse(variables) as Record<string, unknown>);
      const { data, errors } = await gateway.ask(blockOf(text, 'body:graphql'), asked);
      expect(errors).toEqual([]);
      expect(Object.values(data as Record<string, unknown>)).not.toContain(null);
      const told = JSON.stringify(data);
      const outermostList = /\[./.exec(told)?.[0];
      expect(outermostList).not.toBe('[]');
      expect(told).not.toMatch(/"outcome":"(?:REJECTED|KEPT_OLD|UNKNOWN)"/);
    },
  );
});
