const lowerForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const anyForm = new RegExp(lowerForm, 'i');

/** A GUID in lower case, in which ids are told apart; undefined for any other text. Nearly all come like that, and are looked at once. */
export function lowerGuid(text: string): string | undefined {
  if (lowerForm.test(text)) return text;
  return anyForm.test(text) ? text.toLowerCase() : undefined;
}

/** Whether a text is a GUID in its usual form. */
export function isGuid(value: string): boolean {
  return lowerGuid(value) !== undefined;
}
