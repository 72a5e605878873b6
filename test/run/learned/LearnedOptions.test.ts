import { describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../../../src/cache/MemoryStore.js';
import { SharedFacts } from '../../../src/cache/SharedFacts.js';
import { LearnedOptions } from '../../../src/run/learned/LearnedOptions.js';
import { ManualClock } from '../../support/ManualClock.js';

const until = 1000;
const beginning = { now: () => 0, date: () => 0 };

/** What a replica has taken over from a store that holds this text. */
async function learnedFrom(text: string): Promise<LearnedOptions> {
  const store = new MemoryStore({ now: () => 0 });
  await store.set('learned', text, 60_000);
  const learned = new LearnedOptions(beginning, new SharedFacts(store, 'learned'));
  await learned.refresh();
  return learned;
}

describe('what was learned', () => {
  it('holds for a day, and is then tried anew', () => {
    let date = 0;
    const learned = new LearnedOptions({ ...beginning, date: () => date });
    learned.record('option', 'refused');
    learned.recordComplete('list', 3);
    date = 24 * 60 * 60 * 1000 - 1;
    expect([learned.verdictOf('option'), learned.lengthOf('list').complete]).toEqual(['refused', 3]);
    date += 1;
    expect([learned.verdictOf('option'), learned.lengthOf('list').complete]).toEqual(['unknown', 0]);
    expect(learned.claim(['option'])).toEqual(['option']);
  });
});

describe('options that were refused together', () => {
  const all = ['one', 'other'];

  it('are tried one by one from then on, because it is not known which was refused', () => {
    const learned = new LearnedOptions(beginning);
    expect(learned.claim(all)).toEqual(all);
    learned.recordRefusal(all, all);
    expect(learned.claim(all)).toEqual(['one']);
    // Nobody else tries any of them at the same time.
    expect(learned.claim(all)).toEqual([]);
    learned.record('one', 'taken');
    expect(learned.claim(all)).toEqual(['other']);
    learned.recordRefusal(['other'], all);
    expect(all.map((option) => learned.verdictOf(option))).toEqual(['taken', 'refused']);
  });

  it('are refused, all that are unknown still, after as many refusals as there are options', () => {
    const learned = new LearnedOptions(beginning);
    for (let refusal = 0; refusal < 2; refusal += 1) learned.recordRefusal(all, all);
    expect(all.map((option) => learned.verdictOf(option))).toEqual(['refused', 'refused']);
  });
});

describe('what others have learned', () => {
  it('counts where it holds for longer than what was learned here', async () => {
    const store = new MemoryStore({ now: () => 0 });
    const day = 24 * 60 * 60 * 1000;
    const refused = (until: number): object => ({ fact: { verdict: 'refused' }, until });
    await store.set('learned', JSON.stringify({ older: refused(day - 1), newer: refused(day + 1) }), 60_000);
    const learned = new LearnedOptions(beginning, new SharedFacts(store, 'learned'));
    for (const option of ['older', 'newer']) learned.record(option, 'taken');
    await learned.refresh();
    expect([learned.verdictOf('older'), learned.verdictOf('newer')]).toEqual(['taken', 'refused']);
  });

  it('is taken over', async () => {
    const taken = { fact: { verdict: 'taken' }, until };
    const whole = { fact: { complete: 3 }, until };
    const cut = { fact: { complete: 3, cap: 20 }, until };
    const learned = await learnedFrom(JSON.stringify({ taken, whole, cut, past: { ...taken, until: 0 } }));
    expect(learned.list()).toEqual([
      ['cut', { complete: 3, cap: 20 }],
      ['taken', { verdict: 'taken' }],
      ['whole', { complete: 3 }],
    ]);
  });

  it.each([
    null,
    'taken',
    [],
    {},
    { until },
    { fact: { verdict: 'taken' } },
    { fact: { verdict: 'taken' }, until: 'tomorrow' },
    { fact: null, until },
    { fact: 'taken', until },
    { fact: { verdict: 'perhaps' }, until },
    { fact: { complete: 'all' }, until },
    { fact: { complete: 3, cap: null }, until },
  ])('is passed over in a shape that is not known: %j', async (odd) => {
    const learned = await learnedFrom(JSON.stringify({ odd, fine: { fact: { verdict: 'refused' }, until } }));
    expect(learned.verdictOf('odd')).toBe('unknown');
    expect(learned.lengthOf('odd')).toEqual({ complete: 0, cap: undefined });
    expect(learned.describe()).toEqual(['fine: refused']);
  });

  it('is asked for before an option is tried that is not known, once a second at the most, whoever sets the clock', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const store = new MemoryStore({ now: clock.now });
    const facts = new SharedFacts(store, 'learned');
    const counted = { save: facts.save.bind(facts), load: () => ((asked += 1), facts.load()) };
    const [one, other] = [new LearnedOptions(clock, facts), new LearnedOptions(clock, counted)];
    await other.hearOf(['option']);
    one.record('option', 'refused');
    await new Promise(setImmediate);
    expect(other.hearOf(['option'])).toBeUndefined();
    clock.set(-3_600_000);
    clock.advance(1_000);
    await Promise.all([other.hearOf(['option']), other.hearOf(['option'])]);
    expect([other.verdictOf('option'), asked]).toEqual(['refused', 2]);
    expect(other.hearOf(['option'])).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]', '"text"', '1'])(
    'is nothing where the store holds %j, and can be kept there',
    async (text) => {
      const store = new MemoryStore({ now: () => 0 });
      await store.set('learned', text, 60_000);
      const facts = new SharedFacts(store, 'learned');
      const learned = new LearnedOptions(beginning, facts);
      await learned.refresh();
      expect(learned.list()).toEqual([]);
      await facts.save('option', { until });
      expect(await facts.load()).toEqual({ option: { until } });
    },
  );
});
