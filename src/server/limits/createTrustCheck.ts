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

/** What the extensions of a request say of a persisted query; in a GET they are JSON in a parameter. */
function readHash(extensions: unknown): string | undefined {
  const [, hash] =
    /"sha256Hash":\s*"([\w-]+)"/.exec(
      typeof extensions === 'string' ? extensions : (JSON.stringify(extensions) ?? ''),
    ) ?? [];
  return hash;
}

/** Refuses every document that is not listed, by text or by hash; without a list nothing. Raises BAD_REQUEST. */
export function createTrustCheck(trusted: TrustedDocuments | undefined): (asked: AskedDocument) => void {
  return ({ source, extensions }) => {
    if (trusted === undefined) return;
    const key = source === undefined ? readHash(extensions) : hashOf(source);
    if (key === undefined || !trusted.has(key)) throw notTrusted();
  };
}
