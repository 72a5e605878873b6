import type { Clock } from '../../clock/Clock.js';
import { longestLineMs } from './QuotaLine.js';

/** Units are fetched for so long in advance: fewer questions to the store, and what lies unused with one replica is little. */
const stockMs = 10;

/** What a stock of units is made of. */
export interface UnitStockParts {
  readonly clock: Pick<Clock, 'now' | 'delay'>;
  /** Takes a place in the line for so many units, or looks at it for none; gives the milliseconds until the place is reached. */
  readonly ask: (units: number) => Promise<number>;
  /** Until when Graph is left alone, by `Clock.now`: while nobody gets any units, waiting says nothing of the share. */
  readonly heldUntil: () => number;
  /** Called when there are units again. */
  readonly onRoom: () => void;
}

/**
 * The units that this process has taken from the line and not used yet. Replicas take turns and get equal amounts, or those
 * that send batches would get more than the others.
 */
export class UnitStock {
  /** Whether units had to be waited for since this was last set to false. */
  wasScarce = false;
  private units = 0;
  /** Whether anything was fetched since the stock was cleared. */
  private isInTurn = false;
  private isFetching = false;
  /** When what was fetched last may leave. */
  private placeAt = 0;
  /** Milliseconds in which this process got a unit, on average, when units were scarce. */
  private unitMs: number | undefined;

  constructor(private readonly parts: UnitStockParts) {}

  /** Milliseconds until the turn of this process. */
  get waitMs(): number {
    return Math.max(0, this.placeAt - this.parts.clock.now());
  }

  /** Whether there is somebody who waits for units: nobody else gets any before. */
  get isAwaited(): boolean {
    return this.isFetching;
  }

  /** Units that this process gets of so many where all replicas want more than there are. */
  shareOf(unitsPerSecond: number): number {
    return this.unitMs === undefined ? unitsPerSecond : Math.min(unitsPerSecond, 1000 / this.unitMs);
  }

  /** What is there no longer counts. */
  clear(): void {
    this.units = 0;
    this.isInTurn = false;
  }

  /** Whether this many units are there, which are used then; if not, they are on their way. */
  take(units: number, unitsPerSecond: number): boolean {
    if (this.units >= units) {
      this.units -= units;
      return true;
    }
    void this.fetch(units, unitsPerSecond);
    return false;
  }

  /** Looks at the line, and takes nothing from it. */
  async look(): Promise<void> {
    this.isFetching = true;
    await this.parts.ask(0);
    this.isFetching = false;
    this.parts.onRoom();
  }

  /**
   * Fetches units for the first that waits, or some of them. What a process needs first it gets at once: those that begin
   * together would go on to send together.
   */
  private async fetch(units: number, unitsPerSecond: number): Promise<void> {
    const { clock, ask, onRoom } = this.parts;
    this.isFetching = true;
    const began = clock.now();
    const wanted = Math.max(this.isInTurn ? 1 : units, (unitsPerSecond * stockMs) / 1000);
    this.isInTurn = true;
    const waitMs = await ask(wanted);
    if (waitMs > 0) {
      this.placeAt = clock.now() + waitMs;
      await clock.delay(Math.min(waitMs, longestLineMs));
      this.learnShare(began, wanted);
    }
    if (waitMs <= longestLineMs) this.units += wanted;
    this.isFetching = false;
    onRoom();
  }

  /** Learns from a wait for units, which began then. */
  private learnShare(began: number, units: number): void {
    const { clock, heldUntil } = this.parts;
    const now = clock.now();
    const waitedMs = now - Math.max(began, Math.min(heldUntil(), now));
    if (waitedMs <= 0) return;
    this.wasScarce = true;
    const unitMs = waitedMs / units;
    this.unitMs = (this.unitMs ?? unitMs) + (unitMs - (this.unitMs ?? unitMs)) / 32;
  }
}
