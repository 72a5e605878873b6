import { types } from 'node:util';
import type { ExchangeFailure } from '../GraphObserver.js';
import type { GraphError } from './GraphError.js';

/** Enough for what the network says, host and address in it. */
const longestReason = 200;

/**
 * What the network said. Its errors have a code, and quote nothing of an answer; JSON.parse's quote the text that they stopped
 * at, and have none. Node leaves the message empty where it has tried several addresses in vain.
 */
function wordsOfNetwork(cause: unknown): string | undefined {
  if (!types.isNativeError(cause) || !('code' in cause) || typeof cause.code !== 'string') return undefined;
  // OpenSSL's end with the line of its source, and a line end.
  const [, said = cause.message] = /^[\dA-F]+:error:[\dA-F]+:(.*?):[^:]*\.c:/.exec(cause.message) ?? [];
  return said === '' ? cause.code : said;
}

/** A failure as whoever runs the gateway has to know it; clients are told less, because hosts are none of their business. */
export function describeFailure({ code, message, cause }: GraphError): ExchangeFailure {
  return { code, reason: (wordsOfNetwork(cause) ?? message).slice(0, longestReason) };
}
