import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'graphql';

/** Apollo Client looks at this as it is loaded: in development it warns in the console of the browser. */
const environment = globalThis as { __DEV__?: boolean };
environment.__DEV__ = true;
const { createCache, wholeLists } = await import('../../examples/clients/apollo.js');
const { wholeListsOfTypes } = await import('./schemaFacts.js');

afterAll(() => {
  delete environment.__DEV__;
});

describe('a list that comes whole', () => {
  it('is known to the set-up for Apollo Client, whatever it is a field of', () => {
    expect(wholeLists).toEqual(wholeListsOfTypes());
  });

  it('may become shorter without a word in the console', () => {
    const warn = jest.spyOn(console, 'warn');
    const cache = createCache();
    const query = parse(`
      query {
        skus {
          id
          services {
            planId
          }
          containedIn {
            id
          }
        }
      }
    `);
    const sku = (id: number): object => ({ __typename: 'Sku', id: `${id}` });
    const write = (length: number): void => {
      const indices = Array.from({ length }, (_, index) => index);
      const services = indices.map((index) => ({ __typename: 'Service', planId: `${index}` }));
      const skus = indices.map((id) => ({ ...sku(id), services, containedIn: indices.map(sku) }));
      cache.writeQuery({ query, data: { skus } });
    };
    write(3);
    write(2);
    expect(cache.readQuery<{ skus: unknown[] }>({ query })?.skus).toHaveLength(2);
    expect(warn).not.toHaveBeenCalled();
  });
});
