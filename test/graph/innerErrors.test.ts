import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js';
import { GraphError } from '../../src/graph/errors/GraphError.js';
import { formatError } from '../../src/server/errors/formatError.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { failureIn, get, openClient, post, type OpenClient } from './support/openClient.js';

/** The error of one read or write that Graph answers with this. */
async function failWith(status: number, body: unknown, headers: Record<string, string> = {}): Promise<GraphError> {
  const { emulator, send } = await open({});
  emulator.script({ kind: 'answer', status, body, headers });
  return failureIn((await send(post('/admin/cloudLicensing/assignments')))[0]);
}

async function open(
  options: EmulatorOptions,
): Promise<{ readonly emulator: Emulator; readonly send: OpenClient['send'] }> {
  const emulator = await startEmulator({ users: 5, latencyMs: 0, ...options });
  const client = openClient(emulator.url);
  closeAfterEach(emulator, client);
  return { emulator, send: (...operations) => client.send(...operations) };
}

function extensionsOf(error: GraphError): unknown {
  const wrapped = new GraphQLError(error.message, { originalError: error, path: ['a'] });
  return formatError(wrapped.toJSON(), wrapped, { suggestions: true }).extensions;
}

describe('what Graph says inside an error', () => {
  it('reaches the client: code, property and ids', async () => {
    const plans = ['fe6c28b3-d468-44ea-bbd0-a10a5167435c', '113feb6c-3fe4-4440-bddc-54d774bf0318'];
    const error = await failWith(400, {
      error: {
        code: 'badRequest',
        message: 'The plans exclude each other.',
        target: 'body',
        innerError: { code: 'mutuallyExclusiveServicePlans', propertyName: 'disabledServicePlanIds[1]', ids: plans },
      },
    });
    expect(extensionsOf(error)).toMatchObject({
      code: 'BAD_USER_INPUT',
      graph: {
        status: 400,
        code: 'badRequest',
        target: 'body',
        innerError: { code: 'mutuallyExclusiveServicePlans', propertyName: 'disabledServicePlanIds[1]', ids: plans },
        message: 'The plans exclude each other.',
      },
    });
  });

  it.each(['noAvailableLicenses', 'invalidUsageLocation', 'proxyAddressConflict', 'immutablePropertyModified'])(
    'keeps the code as it is written: %s',
    async (code) => {
      const error = await failWith(400, { error: { code: 'badRequest', message: 'No.', innerError: { code } } });
      expect(error.graph.innerError).toEqual({ code });
    },
  );

  it('is read at any depth, in the older spelling too: the innermost code counts', async () => {
    const error = await failWith(400, {
      error: {
        code: 'badRequest',
        message: 'No.',
        innererror: { code: 'outer', propertyName: 'assignedTo', innerError: { code: 'notFound' } },
      },
    });
    expect(error.graph.innerError).toEqual({ code: 'notFound', propertyName: 'assignedTo' });
  });

  it('says how long to wait where no header does', async () => {
    const body = {
      error: {
        code: 'tooManyRequests',
        message: 'Wait.',
        innerError: { code: 'tooManyRequests', retryAfterSeconds: 550 },
      },
    };
    expect(await failWith(429, body)).toMatchObject({ code: 'THROTTLED', retryAfterSeconds: 550 });
    expect(await failWith(429, body, { 'retry-after': '7' })).toMatchObject({ retryAfterSeconds: 7 });
  });

  it('keeps further errors by code and target', async () => {
    const details = [{ code: 'invalid', target: 'allotment', message: 'secret.example.com' }, 'text', null];
    const error = await failWith(400, { error: { code: 'badRequest', message: 'No.', details } });
    expect(error.graph.details).toEqual([{ code: 'invalid', target: 'allotment' }]);
  });

  it.each([
    {
      innerError: {
        code: 'two words',
        propertyName: '<b>',
        ids: ['https://secret.example.com/x', 7],
        retryAfterSeconds: -1,
      },
    },
    { innerError: { code: 7, propertyName: {}, ids: 'a', retryAfterSeconds: 'soon' } },
    { innerError: [], details: 'no list' },
    { innerError: null, details: [] },
  ])('leaves out what is not a name, id or number: %j', async (facts) => {
    const error = await failWith(400, { error: { code: 'badRequest', message: 'No.', ...facts } });
    expect(Object.keys(error.graph).sort()).toEqual(['clientRequestId', 'code', 'message', 'requestId', 'status']);
  });

  it('is bounded, however much Graph sends', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `id-${index}`);
    let inner: object = { code: 'innermost' };
    for (let depth = 0; depth < 1_000; depth += 1) inner = { code: `at-${depth}`, innerError: inner };
    const error = await failWith(400, { error: { code: 'badRequest', message: 'No.', innerError: { ...inner, ids } } });
    expect(error.graph.innerError?.ids).toHaveLength(20);
    expect(JSON.stringify(error.graph).length).toBeLessThan(1_000);
  });
});

describe('a refused option', () => {
  it.each([
    ['/admin/cloudLicensing/allotments?$expand=assignments', 'invalidExpansion'],
    ['/me/cloudLicensing/usageRights?$top=1', 'invalidQuery'],
    ["/admin/cloudLicensing/assignments?$filter=allotmentId eq 'a'", 'invalidFilter'],
  ])('says so inside the error, and is a refusal like any other: %s', async (path, code) => {
    const { emulator, send } = await open({ licensingErrors: true });
    const worded = failureIn((await send(get(encodeURI(path))))[0]);
    emulator.change({ licensingErrors: false });
    const plain = failureIn((await send(get(encodeURI(path))))[0]);
    expect(worded).toMatchObject({ code: 'BAD_USER_INPUT', graph: { target: 'query', innerError: { code } } });
    expect(plain.code).toBe('BAD_USER_INPUT');
    expect(plain.graph.innerError).toBeUndefined();
  });
});
