/** Ids of our own making, as their documentation describes them: base64url of `Type:key`, and of `Owner/owner id/id`. */

export function writeNodeId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

export function writeRightId(ownerType: string, ownerId: string, id: string): string {
  return Buffer.from(`${ownerType}/${ownerId}/${id}`).toString('base64url');
}

/** Type and key of a `nodeId`. */
export function readNodeId(text: string): readonly [type: string, key: string] | undefined {
  const [, type, key] = /^([A-Za-z]+):(.+)$/s.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return type === undefined || key === undefined ? undefined : [type, key];
}

/** What the global id of a right says; undefined for an id of Graph. */
export function readRightId(
  text: string,
): { readonly type: string; readonly owner: string; readonly id: string } | undefined {
  const form = /^(User|Group|Device)\/([\da-f-]{36})\/(.+)$/s;
  const [, type, owner, id] = form.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return type === undefined || owner === undefined || id === undefined ? undefined : { type, owner, id };
}
