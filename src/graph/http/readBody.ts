import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GraphError } from '../errors/GraphError.js';

const unzip = promisify(gunzip);

function tooLarge(): GraphError {
  return new GraphError('UPSTREAM_BAD_RESPONSE', 'Microsoft Graph sent an answer that is too large.');
}

async function collect(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
}

/**
 * The bytes of a body, unpacked. At most one layer of gzip is unpacked, and no more than `maxBytes` come out of it
 * (undici's advisory on stacked encodings).
 */
export async function readBody(
  body: AsyncIterable<Buffer>,
  encoding: string | undefined,
  maxBytes: number,
): Promise<{ readonly bytes: Buffer; readonly wireBytes: number }> {
  const wire = await collect(body, maxBytes);
  if (encoding === undefined || encoding === '' || encoding === 'identity')
    return { bytes: wire, wireBytes: wire.length };
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new GraphError(
      'UPSTREAM_BAD_RESPONSE',
      'Microsoft Graph sent an answer in an encoding that was not asked for.',
    );
  }
  try {
    return { bytes: await unzip(wire, { maxOutputLength: maxBytes }), wireBytes: wire.length };
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new GraphError('UPSTREAM_BAD_RESPONSE', 'Microsoft Graph sent an answer that cannot be unpacked.', {
      retryable: true,
      cause: error,
    });
  }
}
