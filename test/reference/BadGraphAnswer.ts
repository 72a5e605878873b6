/** What cannot be answered, with the code that clients see; the reference's own, since it shares nothing with the gateway. */
export class BadGraphAnswer extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Graph sent something that its metadata rules out. */
export function unexpected(what: string): BadGraphAnswer {
  return new BadGraphAnswer('UPSTREAM_BAD_RESPONSE', what);
}

/** The caller said something that nothing can be asked with. */
export function refused(what: string): BadGraphAnswer {
  return new BadGraphAnswer('BAD_USER_INPUT', what);
}
