import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../examples/queries/', import.meta.url));

/** A query to begin with. */
export interface ExampleQuery {
  /** Name of its file, without the ending. */
  readonly name: string;
  /** What it asks, in plain words: the comment that it begins with. */
  readonly title: string;
  readonly query: string;
}

function titleOf(query: string): string {
  return /^# *(.*)/.exec(query)?.[1] ?? '';
}

/** The queries of `examples/queries/`, in the order of their file names. */
export function readExamples(): readonly ExampleQuery[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(join(folder, file), 'utf8');
    return { name: file.replace('.graphql', ''), title: titleOf(query), query };
  });
}
