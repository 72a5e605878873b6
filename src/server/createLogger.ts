import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/GatewayConfig.js';

const hidden: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer [hidden]'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[hidden]'],
  [/(\/\/[^\s/:@]*:)[^\s/@]+@/g, '$1[hidden]@'],
  [
    /((?:client_secret|client_assertion|assertion|password|access_token)["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi,
    '$1[hidden]',
  ],
];

/** Text without what looks like a token, a secret or the password of a URL. */
export function hideSecrets(text: string): string {
  return hidden.reduce((shown, [pattern, replacement]) => shown.replace(pattern, replacement), text);
}

/** An unexpected error as it may be logged: libraries put requests, and so tokens, into messages and properties. */
function serializeError(error: Error): object {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message: hideSecrets(message), stack: hideSecrets(stack) };
}

const redacted = [
  'authorization',
  'headers.authorization',
  'req.headers.authorization',
  'clientSecret',
  '*.clientSecret',
];

/** What is kept of lines that nobody takes for the moment, in bytes; those that come after them are lost. */
const mostUnwritten = 4_000_000;

/**
 * Writes lines to a file descriptor. Its disk may be full, and who reads from it may hang: then lines are lost, but nobody is
 * kept from being answered, and what waits to be written does not fill the memory.
 */
export function logTo(descriptor: number): ReturnType<typeof pino.destination> {
  const destination = pino.destination({ dest: descriptor, maxLength: mostUnwritten });
  const flush = destination.flushSync.bind(destination);
  let hasFailed = false;
  // Without a listener the first line that cannot be written ends the process. The next line tries again.
  destination.on('error', () => (hasFailed = true)).on('write', () => (hasFailed = false));
  // At the end of the process what is left would be tried again for ever.
  destination.flushSync = () => {
    if (!hasFailed) flush();
  };
  return destination;
}

/**
 * The log of the gateway: one JSON object a line, so that no value can begin a line of its own. It goes to stderr, which
 * leaves stdout to what commands print.
 *
 * @param destination where lines go instead, for tests
 */
export function createLogger(level: LogLevel, destination: DestinationStream = logTo(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError },
      redact: { paths: redacted, censor: '[hidden]' },
    },
    destination,
  );
}
