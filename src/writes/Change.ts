import type { WriteOutcome } from '../generated/resolversTypes.js';
import type { WriteResult, Written } from './WriteResult.js';

/** One change that a caller asks for, of one object or of many; nothing is read or sent before one of its parts is called. */
export interface Change<Outcome extends string = WriteOutcome> {
  /** Makes it, and says what is true afterwards. */
  write(): Promise<Written<Outcome>>;
  /** The outcome that it would have, as far as reading can tell; writes nothing. */
  expect(): Promise<Written<Outcome>>;
  /** Settles the items at these positions, whose outcome was not known the first time; writes nothing. */
  settle(positions: readonly number[]): Promise<readonly WriteResult<Outcome>[]>;
}
