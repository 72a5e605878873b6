import { beforeEach, describe, expect, it } from '@jest/globals';
import { CircuitBreaker, type CallEnd } from '../../src/resilience/CircuitBreaker.js';

describe('a circuit breaker', () => {
  let now: number;
  let circuit: CircuitBreaker;
  beforeEach(() => {
    now = 0;
    circuit = new CircuitBreaker({ failures: 3, calls: 4, openMilliseconds: 5_000, now: () => now });
  });

  /** Ends calls one after the other; false for one that was not let through. */
  const calls = (...ends: readonly CallEnd[]): readonly boolean[] =>
    ends.map((how) => {
      const call = circuit.enter();
      if (typeof call === 'number') return false;
      call.end(how);
      return true;
    });

  it('opens when so many of the last calls have failed, and says when to ask again', () => {
    expect(calls('success', 'failure', 'failure')).toEqual([true, true, true]);
    expect(circuit.state).toBe('closed');
    calls('failure');
    expect(circuit.state).toBe('open');
    now = 1_000;
    expect(circuit.enter()).toBe(4_000);
  });

  it('failures that lie further back do not count, nor does what says nothing about the service', () => {
    calls('failure', 'failure', 'success', 'success', 'failure', 'neither', 'neither', 'failure');
    expect(circuit.state).toBe('closed');
  });

  it('lets a single call try once the time is over, and is closed by its success', () => {
    calls('failure', 'failure', 'failure');
    now = 5_000;
    expect(circuit.state).toBe('half-open');
    const trial = circuit.enter();
    expect(typeof circuit.enter()).toBe('number');
    if (typeof trial === 'number') throw new Error('no trial');
    trial.end('success');
    expect([circuit.state, ...calls('failure', 'failure')]).toEqual(['closed', true, true]);
  });

  it('stays open for as long again where that fails, and lets another try where it says nothing', () => {
    calls('failure', 'failure', 'failure');
    now = 5_000;
    calls('neither', 'failure');
    expect(circuit.state).toBe('open');
    now = 9_999;
    expect(circuit.enter()).toBe(1);
    now = 10_000;
    expect(calls('success')).toEqual([true]);
    expect(circuit.state).toBe('closed');
  });

  it('calls that were under way when it opened change nothing', () => {
    const late = circuit.enter();
    calls('failure', 'failure', 'failure');
    if (typeof late === 'number') throw new Error('not let through');
    late.end('success');
    expect(circuit.state).toBe('open');
  });
});
