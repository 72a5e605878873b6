/** True for the 36-character form of a GUID, in which Entra writes tenant, object and client ids. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
