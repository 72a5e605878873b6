import { describe, expect, it } from '@jest/globals';
import type { GraphExchange } from '../../src/graph/GraphObserver.js';
import { GraphUsage } from '../../src/graph/GraphUsage.js';

const exchange = { bytes: 7, strayParts: 0, size: 2, units: 3, retries: 1 } as GraphExchange;

describe('exchanges of a query', () => {
  it('are kept in their order until somebody takes them; their counts stay', () => {
    const usage = new GraphUsage();
    expect(usage.exchanges).toEqual([]);
    usage.add(exchange);
    usage.add({ ...exchange, bytes: 8 });
    expect(usage.exchanges.map(({ bytes }) => bytes)).toEqual([7, 8]);
    expect(usage.takeExchanges()).toHaveLength(2);
    expect(usage.exchanges).toEqual([]);
    expect(usage.toJSON()).toMatchObject({ httpRequests: 2, operations: 4, bytes: 15, units: 6, retries: 2 });
  });
});
