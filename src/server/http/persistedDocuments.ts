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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Extensions that ask in Apollo's way, by an id or by the hash that they hold; undefined where there is neither. */
function askingFor(id: unknown, extensions: unknown): object | undefined {
  if (!isObject(extensions)) return undefined;
  const { persistedQuery = { version: 1, sha256Hash: id } } = extensions as { readonly persistedQuery?: unknown };
  if (!isObject(persistedQuery) || !('sha256Hash' in persistedQuery)) return undefined;
  const { sha256Hash: hash } = persistedQuery;
  if (typeof hash !== 'string') return undefined;
  return { ...extensions, persistedQuery: { ...persistedQuery, sha256Hash: withoutAlgorithm(hash) } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a query may hold something to change, seen without taking it apart. */
const sign = /[?&](?:documentId|doc_id)=|sha256(?::|%3A)/i;

/** The URL of a request that asks by an id in its query, as one that asks in Apollo's way; every other as it is. */
export function askByHash(url: string): string {
  if (!sign.test(url)) return url;
  const start = url.indexOf('?');
  const parameters = new URLSearchParams(url.slice(start + 1));
  const id = names.map((name) => parameters.get(name)).find((value) => value !== null && value !== '');
  const extensions = askingFor(id, parse(parameters.get('extensions') ?? '{}') ?? {});
  if (extensions === undefined) return url;
  parameters.set('extensions', JSON.stringify(extensions));
  return `${url.slice(0, start)}?${parameters.toString()}`;
}

/** The same for a body, in place. What else stands in `extensions` stays. */
export function askByHashInBody(body: unknown): void {
  if (!isObject(body)) return;
  const request = body as DocumentRequest;
  const id = names.map((name) => request[name]).find((value) => typeof value === 'string' && value !== '');
  const extensions = askingFor(id, request.extensions ?? {});
  if (extensions !== undefined) request.extensions = extensions;
}
