import { describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { askPatiently } from '../../../src/cli/query/askPatiently.js';

const error = (code: string, extensions: object) => ({
  errors: [{ message: '', extensions: { code, ...extensions } }],
});
const throttled = error('THROTTLED', { retryable: true, retryAfterSeconds: 30 });
const unavailable = error('UPSTREAM_UNAVAILABLE', { retryable: true });
const answered = { data: { me: null } };

async function ask(results: readonly FormattedExecutionResult[], isRepeatable = true) {
  const left = [...results];
  const waits: number[] = [];
  const gateway = {
    execute: async () => ({ status: 200, retryAfter: undefined, result: left.shift() ?? answered }),
  };
  const { signal } = new AbortController();
  const delay = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const asking = { gateway, signal, isRepeatable, delay };
  const result = await askPatiently(asking, { source: '{ me { id } }', variables: {} });
  return { result, waits, left: left.length };
}

describe('a question', () => {
  it('is asked again where that may help, after as long as Graph says', async () => {
    expect(await ask([throttled, unavailable, answered])).toEqual({
      result: answered,
      waits: [30_000, 4_000],
      left: 0,
    });
  });

  it('is given up after three times', async () => {
    expect(await ask([unavailable, unavailable, throttled, answered])).toMatchObject({ result: throttled, left: 1 });
  });

  it.each([
    ['is refused', error('FORBIDDEN', { retryable: false })],
    ['took too long, which it would again', error('UPSTREAM_TIMEOUT', { retryable: true })],
  ])('is not asked again where it %s', async (_, refused) => {
    expect(await ask([refused, answered])).toEqual({ result: refused, waits: [], left: 1 });
  });

  it('that changes something is never asked twice', async () => {
    expect(await ask([unavailable, answered], false)).toEqual({ result: unavailable, waits: [], left: 1 });
  });
});
