import { idKey } from '../mapping/idKey.js';

/** The id by which an address names an object of the directory, in lower case; undefined for `/me` and sign-in names. */
export function objectIdIn(address: string): string | undefined {
  const [, id] = /^\/(?:users|groups|devices)\/([\da-f-]{36})$/i.exec(address) ?? [];
  return id === undefined ? undefined : idKey(id);
}
