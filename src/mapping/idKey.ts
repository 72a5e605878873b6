const mayChange = /[A-Z\u0080-\uffff]/;

/**
 * The spelling of an id under which it is compared and looked up: in lower case. Callers and Graph may each write a GUID in
 * either case (RFC 9562, section 4); all other ids of Graph are in one case anyway. Nearly all come in lower case, and a text
 * that is lowered is made anew even where nothing in it changes.
 */
export function idKey(id: string): string {
  return mayChange.test(id) ? id.toLowerCase() : id;
}

/** Whether two values are the id of one object. What is not a text is not an id. */
export function sameId(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && idKey(one) === idKey(other);
}
