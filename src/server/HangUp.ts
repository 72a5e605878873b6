import type { CallerSignal } from '../graph/CallerSignal.js';

/** Tells whoever works for a request that its caller does not wait any more: what an AbortSignal does, without its cost. */
export class HangUp implements CallerSignal {
  private isOver = false;
  private readonly listeners = new Set<() => void>();

  get aborted(): boolean {
    return this.isOver;
  }

  /** Has the listener called once the caller is gone. */
  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  /** Tells all listeners, once. */
  abort(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
