import type { LookAnswer } from './WriteEnvironment.js';

/** The value at the end of the names; null where one of them leads nowhere. Throws the Error that stands on the way. */
export function valueAt(answer: unknown, ...names: readonly string[]): unknown {
  let value = answer;
  for (const name of names) {
    if (value instanceof Error) throw value;
    if (typeof value !== 'object' || value === null) return null;
    value = (value as LookAnswer)[name];
  }
  if (value instanceof Error) throw value;
  return value ?? null;
}

/** The text at the end of the names. Throws where there is none. */
export function textAt(answer: unknown, ...names: readonly string[]): string {
  const value = valueAt(answer, ...names);
  if (typeof value !== 'string') throw new TypeError(`${names.join('.')} is missing`);
  return value;
}

/** The number at the end of the names. Throws where there is none. */
export function numberAt(answer: unknown, ...names: readonly string[]): number {
  const value = valueAt(answer, ...names);
  if (typeof value !== 'number') throw new TypeError(`${names.join('.')} is missing`);
  return value;
}

/** The list at the end of the names. Throws where there is none. */
export function listAt(answer: unknown, ...names: readonly string[]): readonly unknown[] {
  const value = valueAt(answer, ...names);
  if (!Array.isArray(value)) throw new TypeError(`${names.join('.')} is missing`);
  return value;
}

/** The texts of a list. */
export function textsAt(answer: unknown, ...names: readonly string[]): readonly string[] {
  return listAt(answer, ...names).map(String);
}

/** The properties of an object; none where it is not an object. */
export function propertiesOf(value: unknown): LookAnswer {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LookAnswer) : {};
}
