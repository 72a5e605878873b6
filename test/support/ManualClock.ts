import type { Clock } from '../../src/clock/Clock.js';

/** A clock that moves only when told to. */
export class ManualClock implements Pick<Clock, 'now' | 'date'> {
  #now = 0;
  #date = Date.now();

  readonly now = (): number => this.#now;
  readonly date = (): number => this.#date;

  /** Lets time pass. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#date += milliseconds;
  }

  /** Sets it forward, or back, by that many milliseconds: no time passes. */
  set(milliseconds: number): void {
    this.#date += milliseconds;
  }
}
