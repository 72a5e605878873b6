const hidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:https?|wss?):\/\/\S+/gi, '[address]'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\bBearer\s+\S+/gi, '[token]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '[address]'],
  [/\b(?:[a-z0-9-]+\.)+(?:com|net|org|local|internal|windows|azure)(?::\d+)?\b/gi, '[address]'],
  [/(\btenant(?:[ _-]?id)?\W{1,4})[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '$1[tenant]'],
  [/^\s+at .*$/gm, ''],
];

/** A message of Graph without addresses, host names, tokens and stack traces, in one line of at most 500 characters. */
export function maskMessage(message: string): string {
  const masked = hidden.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
  return masked.replace(/\s+/g, ' ').trim().slice(0, 500);
}
