import { existsSync, readFileSync } from 'node:fs';
import { findJob } from './jobs/readJobs.js';

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${JSON.stringify(file)}`, { cause: error });
  }
}

/** The text of a GraphQL document: of a file, of stdin (`-`), or of a job. Raises an Error where there is none. */
export function readDocument(fileOrJob: string): string {
  if (fileOrJob === '-' || existsSync(fileOrJob)) return readText(fileOrJob);
  const job = findJob(fileOrJob);
  if (job !== undefined) return job.source;
  throw new Error(`cannot read ${JSON.stringify(fileOrJob)}, and no job is called so; see license-gateway jobs`);
}

/** Values of variables: a JSON object, or the name of a file that holds one, with or without `@`. Raises an Error. */
export function readVariableValues(given: string | undefined): Record<string, unknown> {
  if (given === undefined) return {};
  const text = given.trimStart().startsWith('{') ? given : readText(given.replace(/^@/, ''));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error('--variables is not valid JSON', { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error('--variables has to be a JSON object');
}
