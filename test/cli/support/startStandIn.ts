import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { closeServer, listen } from '../../support/listen.js';

/** A mutation as it came in. */
export interface AskedMutation {
  readonly authorization: string | undefined;
  readonly assigneeIds: readonly string[];
  readonly idempotencyKey: string | undefined;
}

/** What to answer: results that are all CREATED, or something of one's own; `drop` cuts the connection. */
export type StandInReply =
  'created' | 'drop' | { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };

/** A server that speaks just enough GraphQL to be unreliable in a way that no gateway can be told to be. */
export interface StandIn {
  readonly url: string;
  readonly asked: readonly AskedMutation[];
  close(): Promise<void>;
}

async function readMutation(request: IncomingMessage): Promise<AskedMutation> {
  const { variables } = (await json(request)) as { variables: { input: Omit<AskedMutation, 'authorization'> } };
  const { assigneeIds, idempotencyKey } = variables.input;
  return { authorization: request.headers.authorization, assigneeIds, idempotencyKey };
}

function created({ assigneeIds }: AskedMutation): string {
  const results = assigneeIds.map((assigneeId) => ({ assigneeId, outcome: 'CREATED', userErrors: [] }));
  return JSON.stringify({ data: { assignLicenses: { userErrors: [], results, plannedCalls: null } } });
}

/** Starts it on a free port; `reply` is asked for each mutation, and may wait. */
export async function startStandIn(
  reply: (asked: AskedMutation, index: number) => StandInReply | Promise<StandInReply>,
) {
  const asked: AskedMutation[] = [];
  const server = createServer((request, response) => {
    void readMutation(request).then(async (mutation) => {
      asked.push(mutation);
      const answer = await reply(mutation, asked.length - 1);
      if (answer === 'drop') return void request.socket.destroy();
      const { status, headers, body } =
        answer === 'created' ? { status: 200, headers: {}, body: created(mutation) } : answer;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  const port = await listen(server);
  const standIn: StandIn = {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => closeServer(server),
  };
  return standIn;
}
