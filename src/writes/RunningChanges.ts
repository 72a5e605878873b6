/** The changes that are under way in this process: they outlast their callers, and what they need has to outlast them. */
export class RunningChanges {
  private readonly running = new Set<Promise<unknown>>();
  private isOver = false;

  /** Whether nothing more is to leave for the first time. */
  get isStopping(): boolean {
    return this.isOver;
  }

  /** Runs a change, of which `stop` then waits for the end, whether or not anybody waits for its answer. */
  async run<T>(change: () => Promise<T>): Promise<T> {
    const running = change();
    this.running.add(running);
    try {
      return await running;
    } finally {
      this.running.delete(running);
    }
  }

  /** Lets nothing more leave; resolves once what has left is settled, kept and logged. */
  async stop(): Promise<void> {
    this.isOver = true;
    while (this.running.size > 0) await Promise.allSettled(this.running);
  }
}
