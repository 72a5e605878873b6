import { sendJson, startRawServer, type RawServer } from '../../graph/support/startRawServer.js';

/** One page of a list: its rows, and the number of the page or the whole link that it names as the next one. */
export interface PageOfList {
  readonly value: readonly object[];
  readonly next?: number | string;
  /** Of an answer that is no page. */
  readonly status?: number;
}

/** A Graph whose every list has these pages; the first is number 0. `batches` are not known to it. */
export async function startPagedGraph(pageAt: (page: number, path: string) => PageOfList): Promise<RawServer> {
  let root = '';
  const server = await startRawServer((request, response) => {
    const { pathname, searchParams } = new URL(String(request.url), 'http://graph');
    const page = pageAt(Number(searchParams.get('$skiptoken') ?? 0), pathname);
    if (page.status !== undefined) return sendJson(response, { error: { code: 'Broken', message: '' } }, page.status);
    const { value, next } = page;
    const link = typeof next === 'number' ? `${root}${pathname.slice('/beta'.length)}?$skiptoken=${next}` : next;
    sendJson(response, { value, ...(link === undefined ? {} : { '@odata.nextLink': link }) });
  });
  root = server.url;
  return server;
}

/** The GUID of the user with this number. */
export function guidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Rows of users with these numbers. */
export function userRows(from: number, to: number): readonly { readonly id: string }[] {
  return Array.from({ length: to - from }, (_, index) => ({ id: guidOf(from + index) }));
}

/** Rows of groups with these numbers, as lists of objects of any type have them. */
export function groupRows(from: number, to: number): readonly object[] {
  return userRows(from, to).map((row) => ({ '@odata.type': '#microsoft.graph.group', ...row }));
}
