/** Repeats for each request, at the most: a service in trouble is asked 1.1 times as often, not three times. */
const share = 0.1;
/** Repeats that are always allowed, however few requests there were. */
const float = 10;

/** Bounds how many requests are repeats (Google's SRE book, "Handling Overload": retry budget). */
export class RetryBudget {
  private left = float;

  /** Notes a request that is not a repeat. */
  earn(): void {
    this.left = Math.min(float, this.left + share);
  }

  /** Whether a request may be repeated; it counts as done then. */
  spend(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
