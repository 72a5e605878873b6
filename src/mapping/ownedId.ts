/** Ids of objects that live under an owner: Graph's own id says nothing without the owner's. */
import { idKey } from './idKey.js';
import type { DirectoryType } from './mappingTypes.js';
import { isDirectoryType } from './schemaMapping.js';

/** An object under its owner. */
export interface OwnedId {
  readonly ownerType: DirectoryType;
  /** Object id of the owner, a GUID in lower case. */
  readonly ownerId: string;
  readonly id: string;
}

const form = /^(User|Group|Device)\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/(.+)$/s;

/** The opaque text for an owned object: base64url of `User/<owner>/<id>`. */
export function writeOwnedId({ ownerType, ownerId, id }: OwnedId): string {
  return Buffer.from(`${ownerType}/${idKey(ownerId)}/${id}`).toString('base64url');
}

/** Reads what `writeOwnedId` wrote; undefined for any other text. */
export function readOwnedId(text: string): OwnedId | undefined {
  const bytes = Buffer.from(text, 'base64url');
  const [, ownerType, ownerId, id] = form.exec(bytes.toString('utf8')) ?? [];
  if (ownerType === undefined || ownerId === undefined || id === undefined || !isDirectoryType(ownerType))
    return undefined;
  const read: OwnedId = { ownerType, ownerId, id };
  return writeOwnedId(read) === text ? read : undefined;
}
