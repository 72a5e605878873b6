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

/** Extensions that ask in Apollo's way; undefined where they do so already, or are none that could be added to. */
function askingFor(id: string, extensions: unknown = {}): object | undefined {
  if (!isObject(extensions) || 'persistedQuery' in extensions) return undefined;
  return { ...extensions, persistedQuery: { version: 1, sha256Hash: withoutAlgorithm(id) } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The URL of a request that asks by an id in its query, as one that asks in Apollo's way; every other as it is. */
export function askByHash(url: string): string {
  const start = url.indexOf('?');
  if (start === -1 || !names.some((name) => url.includes(`${name}=`, start))) return url;
  const parameters = new URLSearchParams(url.slice(start + 1));
  const id = names.map((name) => parameters.get(name)).find((value) => value !== null && value !== '');
  const given = parameters.get('extensions');
  const extensions = typeof id === 'string' ? askingFor(id, given === null ? {} : (parse(given) ?? {})) : undefined;
  if (extensions === undefined) return url;
  parameters.set('extensions', JSON.stringify(extensions));
  return `${url.slice(0, start)}?${parameters.toString()}`;
}

/** The same for a body, in place. What stands in `extensions` beside it stays. */
export function askByHashInBody(body: unknown): void {
  if (!isObject(body)) return;
  const request = body as DocumentRequest;
  const id = names.map((name) => request[name]).find((value) => typeof value === 'string' && value !== '');
  if (typeof id !== 'string') return;
  const extensions = askingFor(id, request.extensions ?? {});
  if (extensions !== undefined) request.extensions = extensions;
}
