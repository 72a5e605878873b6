const mayChange = /[A-Z\u0080-\uffff]/;

/**
 * An id in lower case, in which ids are told apart. Nearly all come like that, and a text that is lowered is made anew even
 * where nothing in it changes.
 */
export function inLowerCase(id: string): string {
  return mayChange.test(id) ? id.toLowerCase() : id;
}
