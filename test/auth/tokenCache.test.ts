import { describe, expect, it } from '@jest/globals';
import { TokenCache, type TokenRequest } from '../../src/auth/tokens/TokenCache.js';
import { MemoryStore } from '../../src/cache/MemoryStore.js';
import type { SharedStore } from '../../src/cache/SharedStore.js';
import { timesAsLong } from '../support/timesAsLong.js';
import { ManualClock } from '../support/ManualClock.js';

const minute = 60_000;

/** A request that counts how often it had to acquire, with tokens of the given life. */
function countingRequest(
  clock: ManualClock,
  key: string,
  lifetime = 60 * minute,
): TokenRequest & { acquired: string[] } {
  const acquired: string[] = [];
  return {
    key,
    acquired,
    acquire: async (claims) => {
      const value = `${key}#${acquired.push(claims ?? '')}`;
      return { value, obtainedAt: clock.date(), expiresAt: clock.date() + lifetime };
    },
  };
}

describe('the token cache', () => {
  it('gives a token up a minute before its end', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = { ...countingRequest(clock, 'a'), until: clock.date() + 1000 * minute };
    clock.advance(0);
    await cache.get(request);
    clock.advance(54 * minute);
    expect(await cache.get(request)).toBe('a#1');
    clock.advance(5 * minute);
    expect(await cache.get(request)).toBe('a#2');
  });

  it('uses one for as long as it lasts, where the clock is set back by an hour meanwhile', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    await cache.get(request);
    clock.set(-60 * minute);
    clock.advance(59 * minute - 1);
    expect(await cache.get(request)).toBe('a#1');
    await new Promise(setImmediate);
    clock.advance(1);
    expect(await cache.get(request)).toBe('a#2');
  });

  it('gets another where the machine has slept beyond the end, of which this process knows by the date alone', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    await cache.get(request);
    clock.set(60 * minute);
    expect([await cache.get(request), await cache.get(request)]).toEqual(['a#2', 'a#2']);
  });

  it('does not use one from the shared store that a clock more than a minute ahead has got', async () => {
    const clock = new ManualClock();
    const ahead = new ManualClock();
    ahead.set(2 * minute);
    const store = new MemoryStore();
    await new TokenCache({ clock: ahead, store }).get(countingRequest(ahead, 'a'));
    const own = countingRequest(clock, 'a');
    await new TokenCache({ clock, store }).get(own);
    expect(own.acquired).toHaveLength(1);
  });

  it('gets a new one in the background from five minutes before that end, while the old one is used', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    await cache.get(request);
    clock.advance(55 * minute - 1);
    expect([await cache.get(request), request.acquired.length]).toEqual(['a#1', 1]);
    clock.advance(1);
    expect([await cache.get(request), request.acquired.length]).toEqual(['a#1', 2]);
    await new Promise(setImmediate);
    expect([await cache.get(request), request.acquired.length]).toEqual(['a#2', 2]);
  });

  it('uses the old one to its last minute where none can be had, and asks for one every half minute', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    await cache.get(request);
    let asked = 0;
    const failing = {
      ...request,
      acquire: () => Promise.reject(new Error(`no identity service, ${(asked += 1)}`)),
    };
    const seconds = [55 * 60, 29, 1, 29, 59, 60, 61];
    const seen: unknown[] = [];
    for (const each of seconds) {
      clock.advance(each * 1000);
      seen.push([await cache.get(failing), asked]);
      await new Promise(setImmediate);
    }
    expect(seen).toEqual([1, 1, 2, 2, 3, 4, 5].map((count) => ['a#1', count]));
    clock.advance(1000);
    await expect(cache.get(failing)).rejects.toThrow('no identity service, 6');
  });

  it('tells of each token that was there, here or with other replicas, who are asked once', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    let [hits, asked] = [0, 0];
    const counted: SharedStore = {
      get: (key) => ((asked += 1), store.get(key)),
      set: store.set.bind(store),
      setIfAbsent: store.setIfAbsent.bind(store),
      close: store.close.bind(store),
    };
    const open = (): TokenCache => new TokenCache({ clock, store: counted, onHit: () => (hits += 1) });
    const [one, other] = [open(), open()];
    const seen: unknown[] = [];
    for (const cache of [one, one, other, other]) {
      await cache.get(countingRequest(clock, 'a'));
      seen.push([hits, asked]);
    }
    expect(seen).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  it('leaves a token in the shared store for as long as it may be used, and no longer', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    await new TokenCache({ clock, store }).get(countingRequest(clock, 'a'));
    clock.advance(59 * minute - 1);
    expect(await store.get('a')).toContain('a#1');
    clock.advance(1);
    expect(await store.get('a')).toBeUndefined();
  });

  it('uses a token no longer than the user’s own token lives', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = { ...countingRequest(clock, 'a'), until: clock.date() + 10 * minute };
    await cache.get(request);
    clock.advance(10 * minute - 1);
    expect(await cache.get(request)).toBe('a#1');
    clock.advance(1);
    expect(await cache.get(request)).toBe('a#2');
  });

  it('holds no more than its bound, and lets the longest unused go', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock, maxTokens: 100 });
    for (let user = 0; user < 1000; user += 1) await cache.get(countingRequest(clock, `user-${user}`));
    expect(cache.size).toBe(100);
    const oldest = countingRequest(clock, 'user-0');
    const newest = countingRequest(clock, 'user-999');
    await cache.get(oldest);
    await cache.get(newest);
    expect([oldest.acquired.length, newest.acquired.length]).toEqual([1, 0]);
  });

  it('finds the token of one among 10,000 users as it finds one of ten (F41)', async () => {
    const clock = new ManualClock();
    const open = async (users: number) => {
      const cache = new TokenCache({ clock });
      const requests = Array.from({ length: users }, (_value, user) => countingRequest(clock, `user-${user}`));
      for (const request of requests) await cache.get(request);
      const findAThousand = async (): Promise<void> => {
        for (let turn = 0; turn < 1_000; turn += 1) await cache.get(requests[turn % users] as TokenRequest);
      };
      return { requests, findAThousand };
    };
    const [many, few] = [await open(10_000), await open(10)];
    // A look at each of them would take a thousand times as long.
    expect(await timesAsLong(many.findAThousand, few.findAThousand)).toBeLessThan(50);
    expect(many.requests.every(({ acquired }) => acquired.length === 1)).toBe(true);
  });

  it('holds no more characters than its bound', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock, maxCharacters: 10_000 });
    const acquire = async (): ReturnType<TokenRequest['acquire']> => ({
      value: 'x'.repeat(1000),
      obtainedAt: clock.date(),
      expiresAt: clock.date() + minute,
    });
    for (let user = 0; user < 50; user += 1) await cache.get({ key: `user-${user}`, acquire });
    expect(cache.size).toBe(8);
  });

  it('drops expired tokens without being asked for them', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    for (let user = 0; user < 50; user += 1) await cache.get(countingRequest(clock, `user-${user}`));
    clock.advance(61 * minute);
    await cache.get(countingRequest(clock, 'late'));
    expect(cache.size).toBe(1);
  });

  it('does not keep a failure', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    const failing: TokenRequest = { key: 'a', acquire: () => Promise.reject(new Error('no')) };
    await expect(Promise.all([cache.get(failing), cache.get(failing)])).rejects.toThrow('no');
    expect(await cache.get(request)).toBe('a#1');
  });

  it('lets calls that were challenged together share one answer, and later ones have their own', async () => {
    const clock = new ManualClock();
    const cache = new TokenCache({ clock });
    const request = countingRequest(clock, 'a');
    await cache.get(request);
    expect(await cache.getForChallenge(request, '{"c":1}')).toBe('a#2');
    expect(await cache.getForChallenge(request, '{"c":1}')).toBe('a#2');
    expect(await cache.getForChallenge(request, '{"c":2}')).toBe('a#3');
    clock.advance(10_000);
    expect(await cache.getForChallenge(request, '{"c":2}')).toBe('a#4');
    expect(request.acquired).toEqual(['', '{"c":1}', '{"c":2}', '{"c":2}']);
  });

  it('never answers a challenge from the shared store', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    const request = countingRequest(clock, 'a');
    await new TokenCache({ clock, store }).get(request);
    await new TokenCache({ clock, store }).getForChallenge(request, '{}');
    expect(request.acquired).toEqual(['', '{}']);
  });

  it('finds in the shared store what another replica acquired', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    const request = countingRequest(clock, 'a');
    const tokens = [new TokenCache({ clock, store }), new TokenCache({ clock, store })].map(
      (cache) => () => cache.get(request),
    );
    for (const get of tokens) expect(await get()).toBe('a#1');
  });

  it.each(['', 'null', '[]', '{"value":1}', '{"value":"x"}', 'garbage'])(
    'takes as a miss in the shared store: %j',
    async (text) => {
      const clock = new ManualClock();
      const store: SharedStore = new MemoryStore({ now: clock.now });
      await store.set('a', text, minute);
      const request = countingRequest(clock, 'a');
      expect(await new TokenCache({ clock, store }).get(request)).toBe('a#1');
    },
  );

  it('does not use a token from the shared store that has expired', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore({ now: clock.now });
    const expired = { value: 'old', obtainedAt: clock.date() - 60 * minute, expiresAt: clock.date() + minute / 2 };
    await store.set('a', JSON.stringify(expired), 60 * minute);
    expect(await new TokenCache({ clock, store }).get(countingRequest(clock, 'a'))).toBe('a#1');
  });
});
