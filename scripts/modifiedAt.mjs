import { stat } from 'node:fs/promises';

/** When a file was modified, in milliseconds since the epoch; 0 where there is none. */
export async function modifiedAt(path) {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
