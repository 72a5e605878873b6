/** The JSON of a `$batch` (Graph: json-batching): parts out, answers in. */
import { parseJson } from '../http/parseJson.js';
import type { GraphOperation } from '../GraphOperation.js';

/** The answer to one part, whatever its status. */
export interface PartAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface RequestPart {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function partOf({ method, path: url, headers, body }: GraphOperation, id: string): RequestPart {
  if (body !== undefined) return { id, method, url, headers: { 'Content-Type': 'application/json', ...headers }, body };
  return headers === undefined ? { id, method, url } : { id, method, url, headers };
}

/** The body of the batch request. Ids are the positions, from 1. */
export function printBatch(carried: readonly { readonly operation: GraphOperation }[]): string {
  return JSON.stringify({ requests: carried.map(({ operation }, index) => partOf(operation, String(index + 1))) });
}

const noHeaders: Readonly<Record<string, string>> = {};

function lowerCaseNames(headers: unknown): Readonly<Record<string, string>> {
  if (typeof headers !== 'object' || headers === null) return noHeaders;
  const lower: Record<string, string> = {};
  const given = headers as Readonly<Record<string, unknown>>;
  for (const name in given) lower[name.toLowerCase()] = String(given[name]);
  return lower;
}

/** A binary body comes as base64; JSON inside it is read, anything else is left as it is. */
function decodedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return parseJson(Buffer.from(body, 'base64')) ?? body;
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
    const part = { status, headers: lowerCaseNames(response.headers), body: decodedBody(response.body) };
    const known = parts[position];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part)) conflicting.add(position);
    parts[position] = part;
  }
  return { parts, conflicting, strayParts, isBatch: true };
}
