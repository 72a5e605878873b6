/** What a command may touch of the process around it; tests bring their own. */
export interface CommandEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Writes text to stdout as it is; what nobody reads, or no disk takes, is dropped. */
  readonly print: (text: string) => void;
  /** Resolves once stdout takes more, and ends the process where it never will; absent where it always does. */
  readonly drained?: () => Promise<void>;
  /** For what is said about an answer, and not part of it; absent where nobody listens. */
  readonly stderr?: {
    readonly print: (text: string) => void;
    /** Columns of the terminal; undefined where it is none. */
    readonly width: number | undefined;
  };
  /** Columns of the terminal behind `print`; absent where there is none. */
  readonly terminalWidth?: number;
}

/** A command of the program. */
export interface Command {
  /** What `--help` prints. */
  readonly usage: string;
  /**
   * Runs with what stands behind the name of the command, and gives the exit code. Raises an Error to fail with one line;
   * its `exitCode`, 1 where it has none, is that of the process.
   */
  run(args: readonly string[], environment: CommandEnvironment): Promise<number>;
}
