import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { connect, serve } from './support/connect.js';
import { failureIn, get, post, results } from './support/openClient.js';
import { sendJson } from './support/startRawServer.js';

/** Sends bytes as JSON, whatever they are. */
function sendBytes(response: ServerResponse, bytes: Buffer | string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(bytes);
}

const write = post('/users/ann/reprocessLicenseAssignment');

describe('F20: an answer is broken off', () => {
  const cut = (response: ServerResponse): void => sendBytes(response, '{"value":[{"id":"a"},{"i');
  const tooShort = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"value":[]}', () => response.destroy());
  };
  const tooLong = (response: ServerResponse): void => {
    response.socket?.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{"value":[]}');
  };
  const noEnd = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"value":', () => response.destroy());
  };

  const faults: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['JSON cut in the middle', cut],
    ['a Content-Length beyond the body', tooShort],
    ['a Content-Length within the body', tooLong],
    ['chunks without an end', noEnd],
  ];

  it.each(faults)('%s: a read is sent again once', async (_, fault) => {
    const server = await serve((__, response, number) => (number === 0 ? fault(response) : sendJson(response, {})));
    expect(results(await connect(server.url).send(get('/me')))).toEqual([200]);
    expect(server.requests).toHaveLength(2);
  });

  it.each(faults)('%s, again and again: an error after two tries', async (_, fault) => {
    const server = await serve((__, response) => fault(response));
    expect(results(await connect(server.url).send(get('/me')))).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(server.requests).toHaveLength(2);
  });

  it.each(faults)('%s: a write is sent once, and nobody knows what became of it', async (_, fault) => {
    const server = await serve((__, response) => fault(response));
    const [outcome] = await connect(server.url).send(write);
    expect(failureIn(outcome)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', outcomeKnown: false });
    expect(server.requests).toHaveLength(1);
    // For a support case, whatever came.
    const { clientRequestId } = failureIn(outcome).graph;
    expect(clientRequestId).toBe(server.requests[0]?.headers['client-request-id']);
  });
});

describe('F22: an answer is too large', () => {
  const megabyte = 1024 * 1024;

  /** Sends megabytes as fast as they are taken; tells how many went into the socket before it was closed. */
  function pour(response: ServerResponse, megabytes: number): Promise<number> {
    const chunk = Buffer.alloc(megabyte, ' ');
    let sent = 0;
    const more = (): void => {
      while (sent < megabytes && !response.destroyed) {
        sent += 1;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
      if (!response.destroyed) response.end();
    };
    more();
    return new Promise((resolve) => response.once('close', () => resolve(sent)));
  }

  it('of 200 MB little more than 32 are read, and memory grows by less than 64', async () => {
    let poured: Promise<number> = Promise.resolve(0);
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      poured = pour(response, 200);
    });
    const client = connect(server.url);
    const growths: number[] = [];
    // What the process takes once for everybody, such as room for young objects, it takes the first time.
    for (const times of [1, 2]) {
      const before = process.memoryUsage().rss;
      const error = failureIn((await client.send(get('/users')))[0]);
      growths.push((process.memoryUsage().rss - before) / megabyte);
      expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: false });
      expect(error.message).toContain('too large');
      expect(await poured).toBeLessThan(48);
      expect(server.requests).toHaveLength(times);
    }
    expect(Math.min(...growths)).toBeLessThan(64);
  });

  it('one that says so beforehand is not read at all', async () => {
    let poured: Promise<number> = Promise.resolve(0);
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(200 * megabyte) });
      poured = pour(response, 200);
    });
    expect(results(await connect(server.url).send(get('/users')))).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(await poured).toBeLessThan(16);
  });

  it('a small one that unpacks to 200 MB is not unpacked to the end', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * megabyte, ' '), { level: 9 });
    expect(bomb.length).toBeLessThan(megabyte);
    const server = await serve((_, response) => sendBytes(response, bomb, { 'content-encoding': 'gzip' }));
    const graph = connect(server.url);
    const before = process.memoryUsage().rss;
    const error = failureIn((await graph.send(get('/users')))[0]);
    const grown = (process.memoryUsage().rss - before) / megabyte;
    expect(error.message).toContain('too large');
    expect(error.retryable).toBe(false);
    expect(grown).toBeLessThan(64);
  });

  it.each([3, 20])('one of %p MB that is packed small is not unpacked beyond the limit', async (megabytes) => {
    const bytes = gzipSync(Buffer.alloc(megabytes * megabyte, ' '), { level: 9 });
    const server = await serve((_, response) => sendBytes(response, bytes, { 'content-encoding': 'gzip' }));
    const graph = connect(server.url, { maxResponseBytes: 2 * megabyte });
    expect(failureIn((await graph.send(get('/users')))[0])).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
    });
  });

  it.each(['gzip, gzip', 'gzip, gzip, gzip, gzip, gzip, gzip', 'br', 'deflate', 'zstd', 'gzip;q=1'])(
    'the encoding %p was not asked for, and nothing is unpacked',
    async (encoding) => {
      const layers = encoding.split(',').length;
      let bytes = Buffer.from('{"value":[]}');
      for (let layer = 0; layer < layers; layer += 1) bytes = gzipSync(bytes);
      const server = await serve((_, response) => sendBytes(response, bytes, { 'content-encoding': encoding }));
      const error = failureIn((await connect(server.url).send(get('/users')))[0]);
      expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: false });
      expect(error.message).toContain('encoding');
      expect(server.requests.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip']);
    },
  );

  it.each(['gzip', 'GZIP', 'x-gzip'])('one layer of %s is unpacked', async (encoding) => {
    const server = await serve((_, response) =>
      sendBytes(response, gzipSync('{"value":[7]}'), { 'content-encoding': encoding }),
    );
    expect(await connect(server.url).send(get('/users'))).toMatchObject([{ body: { value: [7] } }]);
  });

  it('bytes that are not gzip though they say so: a read is sent again', async () => {
    const server = await serve((_, response, number) =>
      number === 0 ? sendBytes(response, 'no gzip', { 'content-encoding': 'gzip' }) : sendJson(response, {}),
    );
    expect(results(await connect(server.url).send(get('/users')))).toEqual([200]);
  });

  it('the connection of an answer that was refused is not used again, and the next call works', async () => {
    const server = await serve((_, response, number) =>
      number === 0 ? sendBytes(response, 'x', { 'content-encoding': 'br' }) : sendJson(response, {}),
    );
    const graph = connect(server.url);
    expect(results(await graph.send(get('/users')))).toEqual(['UPSTREAM_BAD_RESPONSE']);
    expect(results(await graph.send(get('/users')))).toEqual([200]);
  });
});

describe('F23: a proxy answers in the place of Graph', () => {
  const page = '<html><body>Sign in at proxy.corp.internal, Ann</body></html>';

  it.each(['text/html', 'text/html; charset=utf-8', 'application/xhtml+xml', 'text/plain', 'application/json'])(
    'a page sent as %s is UPSTREAM_BAD_RESPONSE, and its text goes nowhere',
    async (type) => {
      const server = await serve((_, response) => sendBytes(response, page, { 'content-type': type }));
      const error = failureIn((await connect(server.url).send(get('/me')))[0]);
      expect(error.code).toBe('UPSTREAM_BAD_RESPONSE');
      expect(error.graph).toEqual({
        status: 200,
        clientRequestId: server.requests.at(-1)?.headers['client-request-id'],
      });
      expect(`${error.message} ${JSON.stringify(error.graph)}`).not.toMatch(/Sign in|proxy|Ann|html>/);
    },
  );

  it.each(['text/html', 'text/plain', 'application/json'])(
    'a 404 with a page sent as %s is not the word that there is no such object',
    async (type) => {
      const server = await serve((_, response) => response.writeHead(404, { 'content-type': type }).end(page));
      const outcomes = await connect(server.url).send(get('/me'));
      expect(results(outcomes)).toEqual(['UPSTREAM_BAD_RESPONSE']);
      expect(JSON.stringify(outcomes)).not.toMatch(/Sign in|proxy/);
    },
  );

  it('a page that comes with an error status leaves the status to speak', async () => {
    const server = await serve((_, response) => response.writeHead(407, { 'content-type': 'text/html' }).end(page));
    const error = failureIn((await connect(server.url).send(get('/me')))[0]);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', graph: { status: 407 } });
    expect(JSON.stringify(error.graph)).not.toMatch(/Sign in|proxy/);
  });
});

describe('F25: odd JSON', () => {
  const read = async (bytes: Buffer | string): Promise<unknown> => {
    const server = await serve((_, response) => sendBytes(response, bytes));
    const [outcome] = await connect(server.url).send(get('/me'));
    return outcome;
  };

  it.each([
    '{"id":"a","__proto__":{"x":1}}',
    '{"id":"a","\\u005f_proto__":{"x":1}}',
    '{"id":"a","__\\u0070roto__":{"x":1}}',
    '{"id":"a","__pr\\u006Fto__":{"x":1}}',
    '{"id":"a","inner":{"__proto__":{"x":1}}}',
  ])('%s pollutes nothing, also where it is copied', async (json) => {
    const outcome = (await read(json)) as { body: Record<string, unknown> };
    const copy: Record<string, unknown> = Object.assign({}, outcome.body, outcome.body.inner);
    expect(copy.id).toBe('a');
    expect(copy.x).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(JSON.stringify(outcome.body)).not.toContain('__proto__');
  });

  it('of a key that comes twice the last one counts', async () => {
    expect(await read('{"id":"a","id":"b"}')).toMatchObject({ body: { id: 'b' } });
  });

  it('a byte order mark is passed over', async () => {
    expect(await read('\uFEFF{"id":"a"}')).toMatchObject({ body: { id: 'a' } });
  });

  it('letters that look like escapes of the prototype are letters', async () => {
    expect(await read('{"id":"\\u0070\\u005f\\u00e9"}')).toMatchObject({ body: { id: 'p_é' } });
  });

  it.each([
    ['UTF-8 with a byte that is none', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from('{"id":"a"}', 'utf16le')],
    ['NaN', '{"id":NaN}'],
    ['two values', '{}{}'],
  ])('%s is a clean error', async (_, bytes) => {
    const outcome = failureIn((await read(bytes)) as never);
    expect(outcome).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', message: expect.stringContaining('not JSON') });
  });

  it('100,000 brackets in each other are answered or refused, and the process lives', async () => {
    const outcome = await read(`{"value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(outcome).toBeDefined();
  });
});

describe('A29: what Graph says of an error', () => {
  const body = {
    error: {
      code: 'Request_BadRequest',
      message:
        'Invalid filter at https://graph.internal.contoso.com/beta/users?secret=1 on host ags-7.prod.windows.net:8443 (10.2.3.4:443), ' +
        'tenant contoso.onmicrosoft.com, tenant id 9188040d-6c67-4c5b-b112-36a304b66dad, token eyJhbGciOi.eyJzdWIi.c2ln, Bearer abcdef\n' +
        '   at Microsoft.Online.Filter.Parse(String text) in D:\\a\\Filter.cs:line 7\r\n   at Main()',
      innerError: { date: '2026-03-01T00:00:00', 'request-id': 'req-inner', 'client-request-id': 'cli-1' },
    },
  };
  const ask = async (status: number, answer: unknown, headers: object = {}): Promise<ReturnType<typeof failureIn>> => {
    const server = await serve((_, response) => sendJson(response, answer, status, headers));
    return failureIn((await connect(server.url).send(get('/me')))[0]);
  };

  it('is told without addresses, hosts, tenant, tokens and stack, in one line', async () => {
    const { graph } = await ask(400, body, { 'request-id': 'req-1' });
    expect(graph.message).toContain('Invalid filter at [address]');
    expect(graph.message).not.toMatch(/contoso|windows\.net|10\.2|8443|9188040d|eyJ|abcdef|Filter\.cs|Main|\n/);
  });

  it('keeps code, request-id and client-request-id, which support asks for', async () => {
    const { graph } = await ask(400, body, { 'request-id': 'req-1' });
    expect(graph).toMatchObject({
      status: 400,
      code: 'Request_BadRequest',
      requestId: 'req-1',
      clientRequestId: 'cli-1',
      date: '2026-03-01T00:00:00',
    });
  });

  it.each([500, 502])('%i: nothing of the message is passed on', async (status) => {
    const { message, graph } = await ask(status, body);
    expect(graph.message).toBeUndefined();
    expect(message).toMatch(/^Microsoft Graph [\w ]+\.$/);
  });

  it('free text where a code or an id belongs is left out', async () => {
    const strange = { error: { code: 'at host 10.1.2.3 <b>', innerError: { 'request-id': { a: 1 }, date: 'a b' } } };
    const { graph } = await ask(400, strange, { 'request-id': 'x y <script>' });
    expect(Object.keys(graph).sort()).toEqual(['clientRequestId', 'status']);
  });

  it('a message of 100 KB is cut short', async () => {
    const { graph } = await ask(400, { error: { code: 'x', message: 'word '.repeat(20_000) } });
    expect(graph.message?.length).toBeLessThanOrEqual(500);
  });

  it.each([null, [], 7, { error: null }, { error: 'text' }, { error: { message: 7 } }])(
    'a body of %j is an error like any other',
    async (answer) => {
      expect(await ask(404, answer)).toMatchObject({ code: 'NOT_FOUND', graph: { status: 404 } });
    },
  );
});
