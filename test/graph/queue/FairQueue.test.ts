import { beforeEach, describe, expect, it } from '@jest/globals';
import { FairQueue, type Waiting } from '../../../src/graph/queue/FairQueue.js';
import { Flow, type FlowPath } from '../../../src/graph/queue/Flow.js';

interface Item extends Waiting {
  readonly name: string;
}

describe('a fair queue', () => {
  let queue: FairQueue<Item>;
  let arrivals: number;
  beforeEach(() => {
    queue = new FairQueue();
    arrivals = 0;
  });

  const item = (name: string, path: FlowPath, cost = 1, order = arrivals++): Item => ({
    name,
    cost,
    flow: new Flow(path, order),
  });
  const push = (name: string, path: FlowPath, cost = 1): Item => {
    const made = item(name, path, cost);
    queue.push(made);
    return made;
  };
  const pushMany = (name: string, count: number, path: FlowPath, cost = 1): readonly Item[] =>
    Array.from({ length: count }, () => push(name, path, cost));
  const popAll = (count = Infinity): string[] => {
    const names: string[] = [];
    while (names.length < count) {
      const next = queue.pop(() => true);
      if (next === undefined) break;
      names.push(next.name);
    }
    return names;
  };

  it('gives the items of one flow in the order of their operations, whenever they came', () => {
    const path: FlowPath = ['interactive', 'tenant', 'caller', '1'];
    queue.push(item('second', path, 1, 2));
    queue.push(item('third', path, 1, 3));
    queue.push(item('first', path, 1, 1));
    expect(popAll()).toEqual(['first', 'second', 'third']);
  });

  it('gives a caller who has little waiting their turn beside one who floods', () => {
    pushMany('flood', 100, ['interactive', 'tenant', 'flooding', '1']);
    expect(popAll(10)).toEqual(Array.from({ length: 10 }, () => 'flood'));
    pushMany('calm', 3, ['interactive', 'tenant', 'calm', '1']);
    expect(popAll(6).filter((name) => name === 'calm')).toHaveLength(3);
  });

  it('shares between tenants, not between the callers of all tenants', () => {
    for (let caller = 0; caller < 9; caller += 1) pushMany('many', 10, ['interactive', 'many', String(caller), '1']);
    pushMany('one', 20, ['interactive', 'one', 'caller', '1']);
    expect(popAll(20).filter((name) => name === 'one')).toHaveLength(10);
  });

  it('does not have small work wait behind large work, nor large work starve', () => {
    pushMany('large', 5, ['interactive', '', '', '4'], 100);
    popAll(1);
    pushMany('small', 300, ['interactive', '', '', '0'], 1);
    const order = popAll(205);
    // 100 small ones cost as much as a large one.
    expect(order.indexOf('large')).toBeGreaterThanOrEqual(99);
    expect(order.filter((name) => name === 'large')).toHaveLength(2);
  });

  it('serves the background one time in ten while people wait, and alone all of the time', () => {
    pushMany('job', 100, ['background', '', 'job', '0']);
    pushMany('person', 45, ['interactive', '', 'person', '0']);
    expect(popAll(50).filter((name) => name === 'job')).toHaveLength(5);
    expect(popAll(10)).toEqual(Array.from({ length: 10 }, () => 'job'));
  });

  it('a flow that was idle has saved up nothing', () => {
    pushMany('a', 50, ['interactive', 'a', '', '0']);
    popAll(30);
    pushMany('b', 50, ['interactive', 'b', '', '0']);
    expect(popAll(10).filter((name) => name === 'b')).toHaveLength(5);
  });

  it('passes over what is not accepted, and offers of each flow its first item alone', () => {
    pushMany('a', 2, ['interactive', 'a', '', '0']);
    pushMany('b', 2, ['interactive', 'b', '', '0']);
    const offered: string[] = [];
    const taken = queue.pop(({ name }) => {
      offered.push(name);
      return name === 'b';
    });
    expect([taken?.name, offered, queue.size]).toEqual(['b', ['a', 'b'], 3]);
  });

  it('tells what is done before an item: what its flow holds, and of others no more than their share', () => {
    pushMany('a', 5, ['interactive', 'a', '', '0'], 10);
    pushMany('b', 1, ['interactive', 'b', '', '0'], 3);
    expect(queue.ahead(new Flow(['interactive', 'a', '', '0'], 9), 10)).toBe(53);
    // A newcomer with a cost of 2 waits for as much of each of the others.
    expect(queue.ahead(new Flow(['interactive', 'c', '', '0'], 9), 2)).toBe(4);
  });

  it('takes out what is not to be kept; the others come sooner then', () => {
    pushMany('a', 10, ['interactive', '', '', '0'], 10);
    const told: number[] = [];
    const removed = queue.sift((_, ahead) => {
      told.push(ahead);
      return ahead < 30 && told.length !== 2;
    });
    expect(told.slice(0, 5)).toEqual([0, 10, 10, 20, 30]);
    expect([removed.length, queue.size]).toEqual([7, 3]);
  });

  it('names the last item of the flow that has the most waiting, and one of the background before others', () => {
    pushMany('small', 20, ['interactive', '', 'a', '0']);
    const large = pushMany('large', 3, ['interactive', '', 'b', '3'], 10);
    expect(queue.largest()).toBe(large.at(-1));
    const jobs = pushMany('job', 8, ['background', '', 'a', '0']);
    expect(queue.largest()).toBe(jobs.at(-1));
  });
});
