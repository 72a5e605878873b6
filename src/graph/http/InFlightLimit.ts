/** Who waits for room. */
export interface WaitingCaller {
  throwIfStopped(): void;
  /** Has the listener told why waiting is over; it takes the place of the one before. */
  whenStopped(listener: (reason: Error) => void): void;
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
    else await this.waitForRoom(caller);
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
      this.admit();
    }
  }

  private waitForRoom(caller: WaitingCaller): Promise<void> {
    return new Promise((enter, reject) => {
      this.waiting.push(enter);
      caller.whenStopped((reason) => {
        const place = this.waiting.indexOf(enter);
        if (place === -1) return;
        this.waiting.splice(place, 1);
        reject(reason);
      });
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
