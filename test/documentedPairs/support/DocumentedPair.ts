import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = Readonly<Record<string, unknown>>;

/** A request and its response as the documentation prints them; paths are relative to the service root. */
export interface DocumentedPair {
  /** `001` to `062`. */
  readonly number: string;
  readonly name: string;
  readonly request: {
    readonly method: string;
    /** Null where the documentation names no path. */
    readonly path: string | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

const folder = join(import.meta.dirname, '../pairs');

/** All documented pairs, by number. */
export function readPairs(): readonly DocumentedPair[] {
  const files = readdirSync(folder).sort();
  return files.map((file) => {
    const pair = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<DocumentedPair, 'number'>;
    return { number: file.replace('.json', ''), ...pair };
  });
}
