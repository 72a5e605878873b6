import type { FastifyInstance } from 'fastify';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An error that Fastify answers with a status of our choice. */
class BodyError extends Error {
  constructor(
    readonly statusCode: 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

/** Passes bytes on, up to a limit; knows how many came over the wire, which Fastify compares with Content-Length. */
class LimitedBody extends Transform {
  receivedEncodedLength = 0;
  private passed = 0;

  constructor(private readonly limit: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.passed += chunk.length;
    if (this.passed > this.limit) done(new BodyError(413, 'Request body is too large'));
    else done(null, chunk);
  }
}

function unpack(body: Readable, limit: number): Readable {
  const gunzip = createGunzip();
  const limited = new LimitedBody(limit);
  body.on('data', (chunk: Buffer) => (limited.receivedEncodedLength += chunk.length));
  // The request itself is only let go, not destroyed: its socket is wanted for the answer.
  limited.on('error', () => {
    body.unpipe(gunzip);
    body.resume();
    gunzip.destroy();
  });
  gunzip.on('error', (error) => limited.destroy(error));
  body.on('error', (error) => limited.destroy(error));
  body.pipe(gunzip).pipe(limited);
  return limited;
}

/** Takes bodies with `Content-Encoding: gzip`, up to the limit after unpacking; other encodings are answered with 415. */
export function unpackBodies(fastify: FastifyInstance, maxBytes: number): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
    if (encoding === 'identity') done(null, payload);
    else if (encoding === 'gzip') done(null, unpack(payload, maxBytes));
    else {
      void reply.header('accept-encoding', 'gzip');
      done(new BodyError(415, 'Bodies may be compressed with gzip only.'));
    }
  });
}
