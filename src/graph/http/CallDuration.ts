/** How much a call weighs in the average once there are enough of them. */
const weight = 1 / 32;

/** How long calls take, as an average in which the last ones weigh the most. */
export class CallDuration {
  private average = 0;
  private calls = 0;

  /** 0 while nothing is known. */
  get milliseconds(): number {
    return this.average;
  }

  /** Notes how long a call took. */
  note(milliseconds: number): void {
    this.calls += 1;
    this.average += (milliseconds - this.average) * Math.max(weight, 1 / this.calls);
  }
}
