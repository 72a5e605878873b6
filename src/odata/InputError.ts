import { ExpectedError } from '../errors/ExpectedError.js';

/** Input that no request can be made of. The message is safe to show: it says what was wrong and what to do. */
export class InputError extends ExpectedError {
  override readonly name = 'InputError';
  readonly code = 'BAD_USER_INPUT';
  readonly retryable = false;
}
