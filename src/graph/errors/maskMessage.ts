const hidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:https?|wss?):\/\/\S+/gi, '[address]'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\bBearer\s+\S+/gi, '[token]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '[address]'],
  [/\b(?:[a-z0-9-]+\.)+(?:com|net|org|local|internal|windows|azure)(?::\d+)?\b/gi, '[address]'],
  [/(\btenant(?:[ _-]?id)?\W{1,4})[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '$1[tenant]'],
  [/^\s+at .*$/gm, ''],
];

/** Characters of a message that are looked at; what is masked is shorter, and 500 of that are shown. */
const longestRead = 4_000;

/** A message of Graph without addresses, host names, tokens and stack traces, in one line of at most 500 characters. */
export function maskMessage(message: string): string {
  // Some of the expressions take the square of its length.
  const start = message.slice(0, longestRead);
  const masked = hidden.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), start);
  return masked.replace(/\s+/g, ' ').trim().slice(0, 500);
}
