import { withoutAlgorithm } from '../TrustedDocuments.js';

/** A request body as far as it says which document is asked for. */
interface DocumentRequest {
  documentId?: unknown;
  doc_id?: unknown;
  extensions?: unknown;
}

/**
 * The names by which clients ask for a document that the server knows: that of GraphQL over HTTP (appendix on persisted
 * documents) and Relay's. Apollo's, `extensions.persistedQuery`, is what they are made into.
 */
const names = ['documentId', 'doc_id'] as const;

function persistedQuery(id: string): { readonly persistedQuery: object } {
  return { persistedQuery: { version: 1, sha256Hash: withoutAlgorithm(id) } };
}

/** The URL of a request that asks by an id in its query, as one that asks in Apollo's way; every other as it is. */
export function askByHash(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || !names.some((name) => url.includes(`${name}=`, start))) return url;
  const parameters = new URLSearchParams(url.slice(start + 1));
  const id = names.map((name) => parameters.get(name)).find((value) => value !== null && value !== '');
  if (id === undefined || id === null || parameters.has('extensions')) return url;
  parameters.set('extensions', JSON.stringify(persistedQuery(id)));
  return `${url.slice(0, start)}?${parameters.toString()}`;
}

/** The same for a body, in place. What stands in `extensions` beside it stays. */
export function askByHashInBody(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  const request = body as DocumentRequest;
  const id = names.map((name) => request[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof id !== 'string') return;
  const { extensions } = request;
  const others = typeof extensions === 'object' && extensions !== null ? extensions : {};
  if (!('persistedQuery' in others)) request.extensions = { ...others, ...persistedQuery(id) };
}
