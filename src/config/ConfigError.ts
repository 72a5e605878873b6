/** A variable is missing, unknown or unusable. The message is one line that names the variable and holds no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    /** The variable to put right. */
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable}: ${problem}`);
  }
}
