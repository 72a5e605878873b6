import { GraphQLError } from 'graphql';
import { hashOf, type TrustedDocuments } from '../TrustedDocuments.js';

function notTrusted(): GraphQLError {
  return new GraphQLError('This server answers the documents of its list and no others.', {
    extensions: { code: 'BAD_REQUEST', retryable: false, http: { status: 400 } },
  });
}

/** What a request asks by: the text of a document, or extensions that hold the hash of one. */
export interface AskedDocument {
  readonly source: string | undefined;
  readonly extensions: unknown;
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the extensions of a request say of a persisted query; in a GET they are JSON in a parameter. */
function readHash(extensions: unknown): string | undefined {
  const read = typeof extensions === 'string' ? parseObject(extensions) : extensions;
  const { persistedQuery } = (read ?? {}) as { readonly persistedQuery?: unknown };
  const { sha256Hash } = (persistedQuery ?? {}) as { readonly sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? sha256Hash : undefined;
}

/** Refuses every document that is not listed, by text or by hash; without a list nothing. Raises BAD_REQUEST. */
export function createTrustCheck(trusted: TrustedDocuments | undefined): (asked: AskedDocument) => void {
  return ({ source, extensions }) => {
    if (trusted === undefined) return;
    const key = source === undefined ? readHash(extensions) : hashOf(source);
    if (key === undefined || !trusted.has(key)) throw notTrusted();
  };
}
