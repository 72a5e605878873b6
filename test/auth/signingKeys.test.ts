import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Authenticator } from '../../src/auth/Authenticator.js';
import { createGate } from '../support/createGate.js';
import { ManualClock } from '../support/ManualClock.js';
import { startIdentity, userId, type IdentityFixture } from './support/identity.js';

const hour = 3_600_000;

describe('the identity service’s signing keys (F43)', () => {
  let fixture: IdentityFixture;
  let authenticator: Authenticator;
  let clock: ManualClock;

  beforeEach(async () => {
    clock = new ManualClock();
    fixture = await startIdentity({ now: clock.date });
    authenticator = fixture.open({ mode: 'obo' }, { clock });
    await authenticator.authenticate(fixture.bearer(1));
  });
  afterEach(() => fixture.close());

  it('are fetched once for any number of tokens', async () => {
    for (let user = 0; user < 50; user += 1) await authenticator.authenticate(fixture.bearer(user));
    expect(fixture.identity.calls).toMatchObject({ discovery: 1, keys: 1 });
  });

  it('are fetched anew when a token names a new one, and the old one goes on serving', async () => {
    const old = fixture.bearer(1);
    fixture.identity.rotateKeys();
    await expect(authenticator.authenticate(fixture.bearer(2))).resolves.toMatchObject({ objectId: userId(2) });
    await expect(authenticator.authenticate(old)).resolves.toMatchObject({ objectId: userId(1) });
    expect(fixture.identity.calls.keys).toBe(2);
  });

  it('are not believed any more once withdrawn', async () => {
    const old = fixture.bearer(1);
    fixture.identity.rotateKeys({ withdrawOld: true });
    await authenticator.authenticate(fixture.bearer(2));
    await expect(authenticator.authenticate(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('are fetched at most once in 30 s however many tokens name unknown ones', async () => {
    const flood = async (): Promise<void> => {
      const tokens = Array.from({ length: 100 }, () => fixture.bearer(1, { defect: 'unknown-kid' }));
      const results = await Promise.allSettled(tokens.map((token) => authenticator.authenticate(token)));
      expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    };
    await flood();
    await flood();
    expect(fixture.identity.calls.keys).toBe(2);
    clock.advance(30_000);
    await flood();
    expect(fixture.identity.calls.keys).toBe(3);
  });

  it('go on serving while their endpoint is down', async () => {
    fixture.identity.script({ endpoint: 'keys', times: 1000, answer: { kind: 'status', status: 500 } });
    fixture.identity.script({ endpoint: 'discovery', times: 1000, answer: { kind: 'reset' } });
    clock.advance(5 * hour);
    await expect(authenticator.authenticate(fixture.bearer(2))).resolves.toMatchObject({ objectId: userId(2) });
    await expect(authenticator.authenticate(fixture.bearer(2, { defect: 'unknown-kid' }))).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
    });
    await expect(authenticator.authenticate(fixture.bearer(2))).resolves.toMatchObject({ objectId: userId(2) });
  });

  it('of which the list with a new one cannot be fetched refuse nobody for good: a second later it is asked for again', async () => {
    fixture.identity.script({ endpoint: 'keys', times: 3, answer: { kind: 'status', status: 503 } });
    fixture.identity.rotateKeys();
    const good = fixture.bearer(2);
    const outage = { code: 'IDENTITY_UNAVAILABLE', retryable: true };
    await expect(authenticator.authenticate(good)).rejects.toMatchObject(outage);
    await expect(authenticator.authenticate(good)).rejects.toMatchObject(outage);
    // The first list, and one load that was tried again as passing faults are.
    expect(fixture.identity.calls.keys).toBe(4);
    clock.advance(1_000);
    await expect(authenticator.authenticate(good)).resolves.toMatchObject({ objectId: userId(2) });
    await expect(authenticator.authenticate(fixture.bearer(2, { defect: 'unknown-kid' }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(fixture.identity.calls.keys).toBe(5);
  });

  it.each(['{"keys":[]}', '{"keys":[{"kty":"EC"}]}'])('go on serving where the list has none: %s', async (body) => {
    fixture.identity.script({ endpoint: 'keys', times: 1000, answer: { kind: 'status', status: 200, body } });
    const unknown = fixture.bearer(2, { defect: 'unknown-kid' });
    await expect(authenticator.authenticate(unknown)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(fixture.identity.calls.keys).toBe(2);
    await expect(authenticator.authenticate(fixture.bearer(2))).resolves.toMatchObject({ objectId: userId(2) });
    const fresh = fixture.open({ mode: 'obo' }, { clock });
    await expect(fresh.authenticate(fixture.bearer(2))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('are given up after a day without a new list', async () => {
    fixture.identity.script({ endpoint: 'keys', times: 1000, answer: { kind: 'status', status: 500 } });
    clock.advance(25 * hour);
    await expect(authenticator.authenticate(fixture.bearer(2))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  });

  it('make callers wait for nobody when the list is refreshed in the background', async () => {
    clock.advance(hour + 1);
    const gate = createGate();
    fixture.identity.script({ endpoint: 'keys', answer: { kind: 'hold', until: gate.opened } });
    await expect(authenticator.authenticate(fixture.bearer(2))).resolves.toMatchObject({ objectId: userId(2) });
    gate.open();
  });

  it('are not asked for again at once by a flood of callers when there has never been a list', async () => {
    const late = await startIdentity({ now: clock.date });
    late.identity.script({ endpoint: 'discovery', times: 1000, answer: { kind: 'status', status: 503 } });
    const starting = late.open({ mode: 'obo' }, { clock });
    for (let round = 0; round < 20; round += 1) {
      await expect(starting.authenticate(late.bearer(1))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    }
    // One load, which was tried again as passing faults are.
    expect(late.identity.calls.discovery).toBe(3);
    await late.close();
  });
});
