import { describe, expect, it } from '@jest/globals';
import { Bag, type Held } from '../../src/resilience/Bag.js';

interface Thing extends Held {
  readonly name: string;
}

function thing(name: string): Thing {
  return { name, place: undefined };
}

function namesIn({ content }: Bag<Thing>): readonly string[] {
  return content.map(({ name }) => name).sort();
}

describe('A bag', () => {
  it('holds what was put in and not taken out, whatever goes first', () => {
    for (const leaving of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['b', 'a', 'c'],
      ['a', 'c', 'b'],
    ]) {
      const bag = new Bag<Thing>();
      const things = ['a', 'b', 'c'].map(thing);
      for (const each of things) bag.add(each);
      const left = new Set(['a', 'b', 'c']);
      for (const name of leaving) {
        expect(bag.remove(things.find((each) => each.name === name) as Thing)).toBe(true);
        left.delete(name);
        expect(namesIn(bag)).toEqual([...left].sort());
        expect(bag.size).toBe(left.size);
      }
    }
  });

  it('says that something is not in it, also the second time', () => {
    const bag = new Bag<Thing>();
    const [one, other] = [thing('one'), thing('other')];
    bag.add(one);
    expect(bag.remove(other)).toBe(false);
    expect(bag.remove(one)).toBe(true);
    expect(bag.remove(one)).toBe(false);
    expect(bag.size).toBe(0);
  });

  it('takes back what has left', () => {
    const bag = new Bag<Thing>();
    const [one, other] = [thing('one'), thing('other')];
    bag.add(one);
    bag.add(other);
    bag.remove(one);
    bag.add(one);
    expect(namesIn(bag)).toEqual(['one', 'other']);
  });
});
