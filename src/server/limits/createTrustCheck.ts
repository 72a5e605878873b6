import { GraphQLError } from 'graphql';
import { hashOf, type TrustedDocuments } from '../TrustedDocuments.js';

function notTrusted(): GraphQLError {
  return new GraphQLError('This server answers the documents of its list and no others.', {
    extensions: { code: 'BAD_REQUEST', retryable: false, http: { status: 400 } },
  });
}

/** What a request asks by: the text of a document, or the hash of one. */
export interface AskedDocument {
  readonly source: string | undefined;
  readonly hash: string | undefined;
}

/** Refuses every document that is not listed, by text or by hash; without a list nothing. Raises BAD_REQUEST. */
export function createTrustCheck(trusted: TrustedDocuments | undefined): (asked: AskedDocument) => void {
  return ({ source, hash }) => {
    if (trusted === undefined) return;
    const key = source === undefined ? hash : hashOf(source);
    if (key === undefined || !trusted.has(key)) throw notTrusted();
  };
}
