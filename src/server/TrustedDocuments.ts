import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Documents that clients were built with, by their ids and by the SHA-256 of their texts. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** A manifest of Apollo (`generate-persisted-query-manifest`), or one of graphql-codegen or relay-compiler (`{ hash: text }`). */
type Manifest =
  | { readonly format: string; readonly operations: readonly { readonly id: string; readonly body: string }[] }
  | Readonly<Record<string, string>>;

function entriesOf(manifest: Manifest): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(manifest.operations)) return Object.entries(manifest);
  return (manifest.operations as readonly { readonly id: string; readonly body: unknown }[]).map(({ id, body }) => [
    id,
    body,
  ]);
}

/** The key of a text: the SHA-256 that clients of persisted queries send. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The id of a document without the name of its algorithm: `sha256:…` is what GraphQL over HTTP writes, others do not. */
export function withoutAlgorithm(id: string): string {
  return id.replace(/^sha256:/i, '');
}

/**
 * Reads the documents of a manifest. Raises an Error with one line that says what is wrong with the file.
 *
 * @param file JSON, as graphql-codegen or Apollo's tool writes it
 */
export function readTrustedDocuments(file: string): TrustedDocuments {
  try {
    const entries = entriesOf(JSON.parse(readFileSync(file, 'utf8')) as Manifest);
    const documents = entries.flatMap(([id, text]): [string, string][] => {
      if (typeof text !== 'string') throw new Error(`${JSON.stringify(id)} has no text`);
      return [
        [withoutAlgorithm(id), text],
        [hashOf(text), text],
      ];
    });
    if (documents.length === 0) throw new Error('it lists no document');
    return new Map(documents);
  } catch (error) {
    throw new Error(`TRUSTED_DOCUMENTS: the list cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
