import { paginationLoop } from './failures.js';
import type { GraphReader } from './GraphReader.js';
import { EmptyPages, pageOf, type Page } from './Page.js';

/**
 * The pages of a collection from a path on, as long as Graph names a next one. Throws PAGINATION_LOOP where a page comes
 * again, or empty ones come without end, and what reading a page throws.
 */
export async function* pagesFrom(graph: GraphReader, path: string): AsyncGenerator<Page, void, undefined> {
  const visited = new Set<string>();
  const empty = new EmptyPages();
  for (let next: string | undefined = path; next !== undefined;) {
    if (visited.has(next)) throw paginationLoop();
    visited.add(next);
    const page = pageOf(await graph.read(next));
    empty.add(page);
    yield page;
    next = page.nextLink === undefined ? undefined : graph.pathOfNextLink(page.nextLink);
  }
}
