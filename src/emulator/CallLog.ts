import type { LoggedOperation } from './EmulatorOptions.js';

/** Counts and writes down what comes in. */
export class CallLog {
  private written: LoggedOperation[] = [];
  private operations = 0;
  private requests = 0;
  private batches = 0;
  private bytes = 0;
  private completedWave = 0;
  private waves = 0;

  /** @param isKept whether operations are written down, and not only counted */
  constructor(private readonly isKept: boolean) {}

  /** Notes the arrival of a request; answers its wave. */
  arrive(): number {
    this.requests += 1;
    const wave = this.completedWave + 1;
    this.waves = Math.max(this.waves, wave);
    return wave;
  }

  /** Notes that an answer has been sent whole. */
  complete(wave: number, bytes: number): void {
    this.bytes += bytes;
    this.completedWave = Math.max(this.completedWave, wave);
  }

  nextBatch(): number {
    this.batches += 1;
    return this.batches;
  }

  write(operation: LoggedOperation): void {
    this.operations += 1;
    if (this.isKept) this.written.push(operation);
  }

  all(): readonly LoggedOperation[] {
    return this.written;
  }

  usage(): { requests: number; operations: number; waves: number; bytes: number } {
    return { requests: this.requests, operations: this.operations, waves: this.waves, bytes: this.bytes };
  }

  reset(): void {
    const none = { operations: 0, requests: 0, batches: 0, bytes: 0, completedWave: 0, waves: 0 };
    Object.assign(this, { ...none, written: [] });
  }
}
