import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { GraphError } from '../errors/GraphError.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';

const unzip = promisify(gunzip);

function tooLarge(): GraphError {
  return unusableAnswer('that is too large');
}

/** Told by its code: zlib's RangeError is another class than ours where code runs in a context of its own. */
function isTooLarge(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
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

function isPacked(encoding: string | undefined): boolean {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw unusableAnswer('in an encoding that was not asked for');
}

/** Refuses by the head of an answer what need not be read at all; tells whether the body is packed. */
function checkHead(headers: Readonly<Record<string, string>>, maxBytes: number): boolean {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  return isPacked(headers['content-encoding']?.trim().toLowerCase());
}

/**
 * The bytes of a body, unpacked. At most one layer of gzip is unpacked, and no more than `maxBytes` come out of it
 * (undici's advisory on stacked encodings). Of a body that is refused nothing more is read.
 *
 * @param headers of the answer, with names in lower case
 */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
): Promise<{ readonly bytes: Buffer; readonly wireBytes: number }> {
  let packed: boolean;
  try {
    packed = checkHead(headers, maxBytes);
  } catch (error) {
    // The stream says that it was destroyed; nobody else is to hear of it.
    body.on('error', () => undefined).destroy();
    throw error;
  }
  const wire = await collect(body, maxBytes);
  if (!packed) return { bytes: wire, wireBytes: wire.length };
  try {
    return { bytes: await unzip(wire, { maxOutputLength: maxBytes }), wireBytes: wire.length };
  } catch (error) {
    throw isTooLarge(error) ? tooLarge() : unusableAnswer('that cannot be unpacked', { retryable: true, cause: error });
  }
}
