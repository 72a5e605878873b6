import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../schema/', import.meta.url));

/** The SDL of the folder `schema/`, file after file in the order of their names. */
export function readTypeDefinitions(): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}
