import { ExpectedError } from '../errors/ExpectedError.js';

/** The gateway has more to do than it can answer in time: nothing of the operation was sent. */
export class OverloadedError extends ExpectedError {
  override readonly name = 'OverloadedError';
  readonly code = 'OVERLOADED';
  readonly retryable = true;

  /** @param retryAfterSeconds when such an operation is likely to be answered in time */
  constructor(readonly retryAfterSeconds: number) {
    super(`There is more to do than can be answered in time. Nothing was sent; ask again in ${retryAfterSeconds} s.`);
  }
}
