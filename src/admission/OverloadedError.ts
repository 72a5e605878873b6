/** The gateway has more to do than it can answer in time: nothing of the operation was sent. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly code = 'OVERLOADED';
  readonly retryable = true;

  /** @param retryAfterSeconds when such an operation is likely to be answered in time */
  constructor(readonly retryAfterSeconds: number) {
    // Raised by the hundred just when there is no time: where it comes from is known, and a stack costs as much as the rest.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(`There is more to do than can be answered in time. Nothing was sent; ask again in ${retryAfterSeconds} s.`);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
