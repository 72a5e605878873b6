import { escapeText } from './escapeText.js';
import { InputError } from './InputError.js';

/** The longest that a property of a directory object can be (displayName); no longer text can be found. */
const maxTextLength = 256;

/** Raises an InputError for a text that is longer than anything that could be found. */
export function checkTextLength(text: string): void {
  if (text.length <= maxTextLength) return;
  throw new InputError(`A text has ${text.length} characters, more than the ${maxTextLength} that are allowed.`);
}

/** A string literal: in quotes, inner quotes doubled (OData ABNF: string), then percent-encoded. */
export function printString(value: string): string {
  checkTextLength(value);
  return `'${escapeText(value.replaceAll("'", "''"))}'`;
}
