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

  /** Notes that so much of a repeat was answered: a service that answers is not one that repeats keep from recovering. */
  giveBack(part: number): void {
    this.left = Math.min(float, this.left + part);
  }

  /**
   * Whether so much of a request may be repeated; it counts as done then. A Graph that throttles one part of each batch has
   * little to do again, and its quota counts the parts.
   *
   * @param part how many of its operations, from 0 to 1
   */
  spend(part: number): boolean {
    if (this.left < part) return false;
    this.left -= part;
    return true;
  }
}
