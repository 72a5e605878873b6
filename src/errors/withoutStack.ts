/**
 * Makes an error that clients are told, and that nobody looks for in the code: its stack would cost several times as much as
 * the rest, and an answer may have thousands of errors.
 */
export function withoutStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
