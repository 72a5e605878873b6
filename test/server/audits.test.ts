import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startToyServer, type Toy } from './toyServer.js';

let toy: Toy;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.close());

const audits = serverAudits({
  // The CSRF guard wants a header that no page of another origin can send; clients of GETs send it.
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } }),
  url: () => toy.url,
});
const binding = audits.filter(({ name }) => /^(MUST|SHOULD) /.test(name));
const optional = audits.filter(({ name }) => name.startsWith('MAY '));

describe('GraphQL over HTTP', () => {
  it('has 36 audits that are a MUST or a SHOULD', () => {
    expect(binding).toHaveLength(36);
  });

  it.each([...binding, ...optional].map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const { status, ...rest } = await audit.fn();
    expect({ status, reason: 'reason' in rest ? rest.reason : '' }).toEqual({ status: 'ok', reason: '' });
  });

  it('passes every MUST and SHOULD without the header as well', async () => {
    const plain = serverAudits({ fetchFn: fetch, url: () => toy.url }).filter(({ name }) =>
      /^(MUST|SHOULD) /.test(name),
    );
    const results = await Promise.all(plain.map((audit) => audit.fn()));
    expect(results.filter(({ status }) => status === 'ok')).toHaveLength(36);
  });
});
