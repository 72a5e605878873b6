import type { FastifyInstance } from 'fastify';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { parseWishes } from './parseWishes.js';

/** Below this a packet holds it anyway. */
const leastBytes = 1_024;

type Encoding = 'br' | 'gzip';

const pack: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

/**
 * The encoding that an Accept-Encoding header likes best of those we have (RFC 9110 section 12.5.3); brotli where it
 * makes no difference to the client. Undefined: none, or it would rather have the answer as it is.
 */
function negotiateEncoding(header: string | undefined): Encoding | undefined {
  if (header === undefined) return undefined;
  const wishes = new Map(parseWishes(header).map(({ name, quality }) => [name, quality]));
  const rest = wishes.get('*') ?? 0;
  const br = wishes.get('br') ?? rest;
  const gzipped = wishes.get('gzip') ?? wishes.get('x-gzip') ?? rest;
  const plain = wishes.get('identity') ?? 0;
  const best = Math.max(br, gzipped);
  if (!(best > 0) || plain > best) return undefined;
  return br === best ? 'br' : 'gzip';
}

/** Compresses answers of more than 1 kB for those who ask for it; what is compressed already stays as it is. */
export function compressAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isLarge = typeof payload === 'string' && payload.length >= leastBytes;
    if (!isLarge || reply.hasHeader('content-encoding')) return done(null, payload);
    if (!reply.hasHeader('vary')) void reply.header('vary', 'Accept-Encoding');
    const encoding = negotiateEncoding(request.headers['accept-encoding']);
    // As bytes, because Node copies a long text once more to send it behind the head.
    if (encoding === undefined) return done(null, Buffer.from(payload));
    void reply.header('content-encoding', encoding).removeHeader('content-length');
    pack[encoding](Buffer.from(payload)).then(
      (packed) => done(null, packed),
      (error: unknown) => done(error as Error),
    );
  });
}
