import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { printRefusal } from './refuse.js';

/** What Node knows of a request that never became one. */
export interface ClientError extends Error {
  readonly code?: string;
}

/** Status and words of what Node tells apart. */
const answers: Readonly<Record<string, readonly [status: number, message: string] | undefined>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come to its end in time.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request is larger than it may be.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers and the URL are larger than they may be.'],
};

/**
 * Answers what Node turns away before there is a request as all else that is refused: routers take what is no GraphQL answer
 * for a subgraph that is broken. The connection is closed, since nobody knows where the next request would begin.
 */
export function answerBrokenRequest({ code = '' }: ClientError, socket: Socket): void {
  const [status, message] = answers[code] ?? [400, 'This is no request that can be understood.'];
  const body = printRefusal(message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: private, no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy();
}
