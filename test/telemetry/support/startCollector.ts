import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeAfterEach } from '../../support/closeAfterEach.js';
import { closeServer, listen } from '../../support/listen.js';

/** A span as the collector got it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where there is none. */
  readonly parentId: string;
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** A collector of OpenTelemetry that takes traces over HTTP. */
export interface Collector {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** How often spans came. */
  readonly batches: () => number;
  /** The bytes of everything that came, for looking for what must not be there. */
  readonly text: () => string;
  close(): Promise<void>;
}

/** The fields of one protobuf message: number and bytes, or the number that stands there (Protocol Buffers: encoding). */
function fieldsOf(bytes: Buffer): readonly { readonly number: number; readonly value: Buffer | number }[] {
  const fields: { number: number; value: Buffer | number }[] = [];
  let at = 0;
  const varint = (): number => {
    let result = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++] ?? 0;
      result += (byte & 127) * shift;
      if (byte < 128) return result;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const type = tag & 7;
    const length = type === 1 ? 8 : type === 5 ? 4 : type === 2 ? varint() : 0;
    fields.push({ number: tag >> 3, value: type === 0 ? varint() : bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

function parts(message: Buffer, number: number): readonly Buffer[] {
  return fieldsOf(message).flatMap((field) =>
    field.number === number && typeof field.value !== 'number' ? [field.value] : [],
  );
}

/** The values of attributes that we send: texts and whole numbers. */
function valueOf(anyValue: Buffer | undefined): string | number {
  const [field] = fieldsOf(anyValue ?? Buffer.alloc(0));
  return field === undefined ? '' : typeof field.value === 'number' ? field.value : field.value.toString();
}

/** Numbers of the fields: opentelemetry/proto/trace/v1/trace.proto. */
function readSpan(span: Buffer): ReceivedSpan {
  const text = (number: number): Buffer => parts(span, number)[0] ?? Buffer.alloc(0);
  const attributes = parts(span, 9).map((pair) => [String(parts(pair, 1)[0]?.toString()), valueOf(parts(pair, 2)[0])]);
  return {
    traceId: text(1).toString('hex'),
    spanId: text(2).toString('hex'),
    parentId: text(4).toString('hex'),
    name: text(5).toString(),
    startedAt: Number(text(7).readBigUInt64LE() / 1_000_000n),
    attributes: Object.fromEntries(attributes) as ReceivedSpan['attributes'],
  };
}

/**
 * Starts one on a free port; it is closed after the test.
 *
 * @param refusal what it answers in place of taking them
 */
export async function startCollector(refusal?: { readonly status: number; readonly body: string }): Promise<Collector> {
  const bodies: Buffer[] = [];
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const keep = (body: Buffer): void => {
      bodies.push(body);
      for (const resource of parts(body, 1))
        for (const scope of parts(resource, 2)) spans.push(...parts(scope, 2).map(readSpan));
      if (refusal === undefined) response.writeHead(request.url === '/v1/traces' ? 200 : 404).end();
      else response.writeHead(refusal.status).end(refusal.body);
    };
    buffer(request).then(keep, () => response.destroy());
  });
  const port = await listen(server);
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    spans,
    batches: () => bodies.length,
    text: () => Buffer.concat(bodies).toString('latin1'),
    close: () => closeServer(server),
  };
  closeAfterEach(collector);
  return collector;
}
