import { expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { createHttpServer } from '../../src/server/createHttpServer.js';

it('gives up connections over which nothing moves for a minute longer than a query may take, when any change is over', () => {
  const { server } = createHttpServer(readConfig({ REQUEST_TIMEOUT_MS: '5000' }));
  expect(server.timeout).toBe(65_000);
});
