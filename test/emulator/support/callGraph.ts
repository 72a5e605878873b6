import type { Emulator } from '../../../src/emulator/index.js';

export type Json = Readonly<Record<string, unknown>>;

/** An answer of Graph, read to its end. */
export interface GraphResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  /** The rows of a list; none where the answer is not a list. */
  readonly rows: readonly Json[];
  /** `code` and `message` of Graph's error. */
  readonly error: { readonly code: string; readonly message: string };
}

export interface GraphRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

/** Sends one request to a Graph, over HTTP and without the gateway. The path is relative to the service root. */
export async function callGraph(
  { url }: Pick<Emulator, 'url'>,
  path: string,
  { method = 'GET', headers = {}, body }: GraphRequest = {},
): Promise<GraphResponse> {
  const response = await fetch(/^https?:/.test(path) ? path : url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const read = parse(await response.text());
  return {
    status: response.status,
    headers: response.headers,
    body: read,
    rows: Array.isArray(read.value) ? (read.value as Json[]) : [],
    error: (read.error ?? { code: '', message: '' }) as GraphResponse['error'],
  };
}

/** The header of an advanced query. */
export const eventual = { ConsistencyLevel: 'eventual' };

/** All rows of a list, its pages followed to the end. */
export async function readAll(graph: Pick<Emulator, 'url'>, path: string): Promise<readonly Json[]> {
  const rows: Json[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page: GraphResponse = await callGraph(graph, next);
    rows.push(...page.rows);
    next = page.body['@odata.nextLink'] as string | undefined;
  }
  return rows;
}
