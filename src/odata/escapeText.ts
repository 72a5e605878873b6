import { InputError } from './InputError.js';

/** encodeURIComponent, and the characters with a meaning in OData that it leaves alone. Raises an InputError for half a character pair. */
export function escapeText(text: string): string {
  try {
    return encodeURIComponent(text).replace(/[!*()]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    throw new InputError('The text holds half of a character pair, which no URL can carry.');
  }
}
