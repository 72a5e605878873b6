import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { GraphError } from '../errors/GraphError.js';
import { flatHeaders } from '../../network/flatHeaders.js';
import { unusableAnswer } from '../errors/unusableAnswer.js';

const unzip = promisify(gunzip);

/** Packed bytes up to which a body is unpacked at once: to hand it to another thread and back takes twice as long. */
const smallBody = 4_096;

function tooLarge(): GraphError {
  return unusableAnswer('that is too large');
}

/** Told by its code: zlib's RangeError is another class than ours where code runs in a context of its own. */
function isTooLarge(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
}

function isPacked(encoding: string | undefined): boolean {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw unusableAnswer('in an encoding that was not asked for');
}

/**
 * One answer on its way. Takes what undici reads from the socket as it comes: nothing here needs the streams that
 * `request` puts around it, which take longer than all the rest. Of a body that is refused nothing more is read.
 */
export class IncomingAnswer implements Dispatcher.DispatchHandler {
  /** Undefined until the head has come; it stays where the rest never does. */
  status: number | undefined;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>> = {};
  private controller: Dispatcher.DispatchController | undefined;
  private failure: Error | undefined;
  /** How much of the body has come over the wire. */
  wireBytes = 0;
  private packed = false;
  private chunks: Buffer[] = [];
  private settle: { resolve(bytes: Buffer | Promise<Buffer>): void; reject(error: Error): void } | undefined;

  /** @param maxBytes of the body, packed and unpacked */
  constructor(private readonly maxBytes: number) {}

  /**
   * Sends the request and waits for the last byte; gives the body, unpacked. Rejects with UPSTREAM_BAD_RESPONSE where it is
   * too large or packed in a way that was not asked for, with undici's error where the connection fails, and as `stop` is
   * told.
   */
  receive(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): Promise<Buffer> {
    return new Promise<Buffer>((resolve, reject) => {
      this.settle = { resolve, reject };
      if (this.failure === undefined) dispatcher.dispatch(options, this);
      else reject(this.failure);
    });
  }

  /** Gives up: closes the connection if there is one, and rejects at once. */
  stop(reason: Error): void {
    this.failure ??= reason;
    this.controller?.abort(this.failure);
    this.settle?.reject(this.failure);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.failure !== undefined) controller.abort(this.failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // Those below 200 only announce the answer.
    if (status < 200) return;
    this.status = status;
    this.headers = flatHeaders(headers);
    try {
      if (Number(headers['content-length'] ?? 0) > this.maxBytes) throw tooLarge();
      this.packed = isPacked(this.headers['content-encoding']?.trim().toLowerCase());
    } catch (error) {
      this.stop(error as GraphError);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.wireBytes += chunk.length;
    if (this.wireBytes > this.maxBytes) this.stop(tooLarge());
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.chunks;
    const isWhole = this.chunks.length === 1 && only !== undefined;
    const wire = isWhole ? only : Buffer.concat(this.chunks, this.wireBytes);
    this.settle?.resolve(this.packed ? this.unpack(wire) : wire);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle?.reject(this.failure ?? error);
  }

  /** At most one layer, and no more than `maxBytes` come out of it (undici's advisory on stacked encodings). */
  private async unpack(wire: Buffer): Promise<Buffer> {
    const options = { maxOutputLength: this.maxBytes };
    try {
      return wire.length <= smallBody ? gunzipSync(wire, options) : await unzip(wire, options);
    } catch (error) {
      throw isTooLarge(error)
        ? tooLarge()
        : unusableAnswer('that cannot be unpacked', { retryable: true, cause: error });
    }
  }
}
