import { createServer } from 'node:http';
import { closeServer, listen } from './listen.js';

/** A Graph that knows one answer. */
export interface StubGraph {
  readonly baseUrl: string;
  /** Paths and queries that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves one JSON body to every GET, once `before` has resolved. */
export async function startStubGraph(body: unknown, before: Promise<void> = Promise.resolve()): Promise<StubGraph> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.url));
    void before.then(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)));
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/beta`,
    asked,
    close: () => closeServer(server),
  };
}

/** What Graph answers to `allotments?$apply=groupby(…)`: one product, 25 seats, 20 of them used. */
export const seatsOfOneProduct = {
  value: [
    {
      skuId: '639dec6b-bb19-468b-871c-c5c441c4b0cb',
      skuPartNumber: 'Microsoft_365_Copilot',
      totalAllottedUnits: 25,
      totalConsumedUnits: 20,
    },
  ],
};
