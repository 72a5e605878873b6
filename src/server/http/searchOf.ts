/**
 * The query of a URL with its question mark; the empty text where it has none. What is checked and what is answered are both
 * read from this: Fastify takes URLs apart in another way (`#` begins its query too), and a request that two readers
 * understand differently gets past a check.
 */
export function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}
