import { paginationLoop } from './failures.js';
import type { GraphReader } from './GraphReader.js';
import { EmptyPages, pageOf, type Page } from './Page.js';

/** Reads a page by its path, and the link to the next one. */
export type PageReader = Pick<GraphReader, 'read' | 'pathOfNextLink'>;

/**
 * The pages of a collection, of which the body of the first is there, as long as Graph names a next one. Throws
 * PAGINATION_LOOP where a page comes again, or empty ones come without end, and what reading a page throws.
 *
 * @param visited the paths that were read already
 */
export async function* pagesOf(
  reader: PageReader,
  first: unknown,
  visited = new Set<string>(),
): AsyncGenerator<Page, void, undefined> {
  const empty = new EmptyPages();
  for (let body = first; ;) {
    const page = pageOf(body);
    empty.add(page);
    yield page;
    if (page.nextLink === undefined) return;
    const path = reader.pathOfNextLink(page.nextLink);
    if (visited.has(path)) throw paginationLoop();
    visited.add(path);
    body = await reader.read(path);
  }
}

/** The same from a path on. */
export async function* pagesFrom(reader: PageReader, path: string): AsyncGenerator<Page, void, undefined> {
  yield* pagesOf(reader, await reader.read(path), new Set([path]));
}
