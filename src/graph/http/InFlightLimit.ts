/** Who waits for room, and until when. */
export interface WaitingCaller {
  /** Aborts when waiting is over; asked for only where there is no room. */
  readonly signal: AbortSignal;
  throwIfStopped(): void;
}

/** Bounds how many requests are in flight, first come first served, and takes Graph's early warnings to heart. */
export class InFlightLimit {
  private inFlight = 0;
  private allowed: number;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly maximum: number) {
    this.allowed = maximum;
  }

  /** Runs the work once there is room for it; rejects with the reason of the one who waits where that is cut off before. */
  async run<T>(work: () => Promise<T>, caller: WaitingCaller): Promise<T> {
    caller.throwIfStopped();
    if (this.inFlight < this.allowed) this.inFlight += 1;
    else await this.waitForRoom(caller.signal);
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
      this.admit();
    }
  }

  private waitForRoom(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      this.waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** How many requests may be in flight now. */
  get current(): number {
    return this.allowed;
  }

  /**
   * Learns from the headers of one answer, and of its parts where it is that of a batch. Graph sends
   * `x-ms-throttle-limit-percentage` from 0.8 of the quota on: one less in flight for each answer that warns, one more for
   * each that does not, never below one nor above the maximum.
   */
  learn(...headers: readonly Readonly<Record<string, string>>[]): void {
    const isWarned = headers.some((each) => Number(each['x-ms-throttle-limit-percentage']) >= 0.8);
    this.allowed = isWarned ? Math.max(1, this.allowed - 1) : Math.min(this.maximum, this.allowed + 1);
    this.admit();
  }

  /** Whoever is let in is counted here, before anybody else can take the place. */
  private admit(): void {
    while (this.inFlight < this.allowed) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.inFlight += 1;
      next();
    }
  }
}
