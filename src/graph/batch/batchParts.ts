/** The JSON of a `$batch` (Graph: json-batching): parts out, answers in. */
import { parseJson } from '../http/parseJson.js';
import type { GraphOperation } from '../GraphOperation.js';

/** How many parts a `$batch` takes (Graph: json-batching). */
export const partsPerBatch = 20;

/** The answer to one part, whatever its status. */
export interface PartAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Texts that JSON takes as they are. */
const plainInJson = /^[ !#-[\]-~]*$/;

function printUrl(path: string): string {
  return plainInJson.test(path) ? `"${path}"` : JSON.stringify(path);
}

/** What stands behind the URL of a part. */
function printRest({ headers, body }: GraphOperation): string {
  if (body === undefined) return headers === undefined ? '}' : `,"headers":${JSON.stringify(headers)}}`;
  const typed = { 'Content-Type': 'application/json', ...headers };
  return `,"headers":${JSON.stringify(typed)},"body":${JSON.stringify(body)}}`;
}

/**
 * The body of the batch request. Ids are the positions, from 1. It is put together of texts, because an object for each part,
 * for JSON to print, would be as much again.
 */
export function printBatch(carried: readonly { readonly operation: GraphOperation }[]): string {
  const parts = carried.map(
    ({ operation }, index) =>
      `{"id":"${index + 1}","method":"${operation.method}","url":${printUrl(operation.path)}${printRest(operation)}`,
  );
  return `{"requests":[${parts.join(',')}]}`;
}

const noHeaders: Readonly<Record<string, string>> = {};

/** The headers of a part, with names in lower case, but for its type: many have no other. */
function headersOf(headers: unknown): Readonly<Record<string, string>> {
  if (typeof headers !== 'object' || headers === null) return noHeaders;
  const given = headers as Readonly<Record<string, unknown>>;
  let lower: Record<string, string> | undefined;
  for (const name in given) {
    if (name === 'Content-Type') continue;
    lower ??= {};
    lower[name.toLowerCase()] = String(given[name]);
  }
  return lower ?? noHeaders;
}

/** A body that was not taken for JSON comes as base64, or as its text; JSON inside it is read, anything else is left as it is. */
function decodedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    // No base64 begins like an object.
    return parseJson(Buffer.from(body, body.trimStart().startsWith('{') ? 'utf8' : 'base64')) ?? body;
  } catch {
    return body;
  }
}

function isPart(value: unknown): value is { id: unknown; status: number; headers?: unknown; body?: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'status' in value &&
    typeof value.status === 'number'
  );
}

/** What a batch answered, by position of the part. */
export interface BatchAnswers {
  readonly parts: readonly (PartAnswer | undefined)[];
  /** Positions that were answered twice with different answers. */
  readonly conflicting: ReadonlySet<number>;
  /** How many answers belong to no part that was asked for. */
  readonly strayParts: number;
  /** Whether the body was a batch answer at all. */
  readonly isBatch: boolean;
}

/**
 * Reads the answer of a batch: parts come in any order, unknown ids are passed over and counted, and an id that is
 * answered twice with different answers belongs to nobody.
 */
export function readBatch(body: unknown, size: number): BatchAnswers {
  const parts: (PartAnswer | undefined)[] = new Array<PartAnswer | undefined>(size).fill(undefined);
  const conflicting = new Set<number>();
  let strayParts = 0;
  const responses: unknown =
    typeof body === 'object' && body !== null && 'responses' in body ? body.responses : undefined;
  if (!Array.isArray(responses)) return { parts, conflicting, strayParts, isBatch: false };
  for (const response of responses as readonly unknown[]) {
    const position = isPart(response) ? Number(String(response.id)) - 1 : Number.NaN;
    if (!isPart(response) || !Number.isInteger(position) || position < 0 || position >= size) {
      strayParts += 1;
      continue;
    }
    const { status } = response;
    const part = { status, headers: headersOf(response.headers), body: decodedBody(response.body) };
    const known = parts[position];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part)) conflicting.add(position);
    parts[position] = part;
  }
  return { parts, conflicting, strayParts, isBatch: true };
}
