import { existsSync, readFileSync } from 'node:fs';
import { decodeText } from '../csv/decodeText.js';
import { findJob } from './readJobs.js';

function readText(file: string): string {
  try {
    return decodeText(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    throw new Error(`cannot read ${JSON.stringify(file)}`, { cause: error });
  }
}

/** The text of a GraphQL document: of a file, of stdin (`-`), or of a job. Raises an Error where there is none. */
export function readDocument(fileOrJob: string): string {
  if (fileOrJob === '-' || existsSync(fileOrJob)) return readText(fileOrJob);
  const job = findJob(fileOrJob);
  if (job !== undefined) return job.source;
  throw new Error(
    `cannot read ${JSON.stringify(fileOrJob)}, and there is no job of that name; see license-gateway jobs`,
  );
}

/** Values of variables: a JSON object, or the name of a file that holds one, with or without `@`. Raises an Error. */
export function readVariableValues(given: string | undefined): Record<string, unknown> {
  if (given === undefined) return {};
  const isText = given.trimStart().startsWith('{');
  const text = isText ? given : readText(given.replace(/^@/, ''));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    if (!isText) throw new Error(`--variables: ${given} is not valid JSON: ${message}`, { cause: error });
    // Some shells take quotation marks away before a command sees them.
    throw new Error(`--variables is not valid JSON: got ${given}; it may stand in a file instead: --variables @FILE`, {
      cause: error,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error('--variables has to be a JSON object');
}
