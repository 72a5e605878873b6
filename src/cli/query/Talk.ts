import type { GraphQLFormattedError } from 'graphql';
import type { CommandEnvironment } from '../Command.js';
import { ProgressScreen } from '../ProgressScreen.js';
import { wordError } from '../wordError.js';

const maxTold = 20;

/** What is said about an answer, on stderr; the first errors in full. */
export class Talk {
  readonly screen: ProgressScreen;
  private told = 0;

  constructor({ stderr = { print: () => undefined, width: undefined } }: Pick<CommandEnvironment, 'stderr'>) {
    this.screen = new ProgressScreen(stderr);
  }

  /** Whether an error, or something that is not there, was reported. */
  get hasErrors(): boolean {
    return this.told > 0;
  }

  /** Says a line. */
  tell(text: string): void {
    this.screen.tell(text);
  }

  tellErrors(errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) this.tellOne(wordError(error));
  }

  /** Says what is not there, which is no better than an error: an empty list would look like "has nothing". */
  tellMissing(names: readonly string[]): void {
    for (const name of names) this.tellOne(`${name} is null: there is no such object`);
  }

  /** Says how many errors there was no room for. */
  end(): void {
    if (this.told > maxTold) this.tell(`and ${this.told - maxTold} more errors`);
  }

  private tellOne(text: string): void {
    this.told += 1;
    if (this.told <= maxTold) this.tell(text);
  }
}
