/** Response keys and places in lists, from the root of an answer. */
export type AnswerPath = readonly (string | number)[];

/** Whether a path leads to where the other one passes. */
export function isPrefix(prefix: AnswerPath, path: AnswerPath): boolean {
  return prefix.every((key, index) => key === path[index]);
}
