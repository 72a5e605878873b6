/** Ids that are unique over all types (Relay: Global Object Identification). */

/** The type and the key of an entity. */
export interface NodeKey {
  readonly type: string;
  readonly key: string;
}

const form = /^([A-Za-z]+):(.+)$/s;

/** The opaque text for an entity: base64url of `Type:key`. */
export function writeNodeId({ type, key }: NodeKey): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** Reads what `writeNodeId` wrote; undefined for any other text. */
export function readNodeId(text: string): NodeKey | undefined {
  const [, type, key] = form.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  if (type === undefined || key === undefined) return undefined;
  return writeNodeId({ type, key }) === text ? { type, key } : undefined;
}
