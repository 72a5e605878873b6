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
