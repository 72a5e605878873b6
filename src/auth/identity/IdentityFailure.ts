/** The identity service gave no usable answer: not reached, too slow, 429, 5xx, or not JSON. Never holds its text. */
export class IdentityFailure extends Error {
  override readonly name = 'IdentityFailure';

  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
    /** The service did answer, that it cannot just now: asked again it may. */
    readonly isPassing = false,
  ) {
    super(message);
  }
}
