/** A failure of one line with an exit code of its own: 2 says that the command was used wrongly. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A wrong use of the command: nothing was sent. */
export function wrongUse(message: string, cause?: unknown): CommandFailure {
  return new CommandFailure(message, 2, { cause });
}

/** What is wrong with a file, or with variables, is a wrong use. */
export function asWrongUse<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error && !('exitCode' in error) ? wrongUse(error.message, error) : error;
  }
}
