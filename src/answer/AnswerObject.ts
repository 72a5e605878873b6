/** An object of the answer, by response key in the order of the query. */
export type AnswerObject = Record<string, unknown>;

/** Stands for a null that has taken its parent with it. */
export const nulled = Symbol('nulled');

/** A value of the answer that is final, or `nulled`. */
export type Written = unknown;

/** Sets a key that came from the query; `__proto__` as an alias must stay a key like any other. */
export function put(object: AnswerObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
