/** What a command may touch of the process around it; tests bring their own. */
export interface CommandEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Writes text to stdout as it is. */
  readonly print: (text: string) => void;
}

/** Runs a command with what stands behind its name, and gives the exit code. Raises an Error to fail with one line. */
export type Command = (args: readonly string[], environment: CommandEnvironment) => Promise<number>;
