/** `POST /$batch` (Graph: json-batching). */
import {
  answerOperation,
  contextUnder,
  type AnswerContext,
  type GraphReply,
  type IncomingOperation,
} from './answerOperation.js';
import { errorBody } from './errorBody.js';
import type { FaultScript } from './Fault.js';
import { badRequest, GraphFailure } from './GraphFailure.js';
import { scriptedBody } from './scriptedBody.js';

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

function readPart(value: unknown): Part {
  const part = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { id, method, url, headers, body, dependsOn } = part;
  if (typeof id !== 'string' || id === '') throw badRequest("The 'id' property of a request is required.");
  if (typeof method !== 'string' || typeof url !== 'string')
    throw badRequest(`Request '${id}' needs a method and a url.`);
  if (/^https?:/i.test(url)) throw badRequest(`The url of request '${id}' has to be relative.`);
  const lower = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, text]) => [name.toLowerCase(), String(text)]),
  );
  if (body !== undefined && lower['content-type'] === undefined)
    throw badRequest(`Request '${id}' has a body and no Content-Type header.`);
  const path = url.startsWith('/') ? url : `/${url}`;
  return {
    id,
    method: method.toUpperCase(),
    url: path,
    headers: lower,
    body,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
}

function readParts(body: unknown): readonly Part[] {
  const requests = (body as { requests?: unknown } | null | undefined)?.requests;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > 20) throw badRequest('Number of batch request steps exceeds the maximum value of 20.');
  const parts = requests.map(readPart);
  if (new Set(parts.map((part) => part.id.toLowerCase())).size < parts.length)
    throw badRequest('The ids of the requests in a batch have to be unique.');
  const ids = new Set(parts.map((part) => part.id.toLowerCase()));
  const loose = parts.find((part) => part.dependsOn.some((id) => !ids.has(id.toLowerCase())));
  if (loose !== undefined) throw badRequest(`Request '${loose.id}' depends on a request that is not in the batch.`);
  return parts;
}

/** Answers in another order than was asked, which is always the same one. */
function shuffled<T>(values: readonly T[]): readonly T[] {
  return [...values.filter((_, index) => index % 2 === 1), ...values.filter((_, index) => index % 2 === 0).reverse()];
}

/** Answers every part by itself, in no more time than its slowest part takes; `note` is called for each. */
export async function answerBatch(
  context: AnswerContext,
  envelope: IncomingOperation,
  clientRequestId: string,
  faults: FaultScript,
  note: (part: Part, status: number) => void,
): Promise<GraphReply> {
  let parts: readonly Part[];
  try {
    parts = readParts(envelope.body);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return {
      status: error.status,
      headers: {},
      body: errorBody(error.code, error.message, clientRequestId, clientRequestId),
    };
  }
  const failed = new Set<string>();
  let delay = 0;
  const responses = parts.flatMap((part) => {
    const fault = faults.next(part.method, part.url, envelope.authorization, true);
    if (fault?.kind === 'delay') delay = Math.max(delay, fault.milliseconds);
    const reply = answerPart(context, envelope, part, clientRequestId, failed, fault);
    if (reply.status >= 400) failed.add(part.id.toLowerCase());
    note(part, reply.status);
    if (fault?.kind === 'omit') return [];
    const body = fault?.kind === 'change' ? fault.change(structuredClone(reply.body) as never) : reply.body;
    const headers = { 'Content-Type': 'application/json', ...reply.headers };
    return [{ id: part.id, status: reply.status, headers, ...(body === undefined ? {} : { body }) }];
  });
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  return { status: 200, headers: {}, body: { responses: shuffled(responses) } };
}

function answerPart(
  context: AnswerContext,
  envelope: IncomingOperation,
  part: Part,
  clientRequestId: string,
  failed: ReadonlySet<string>,
  fault: ReturnType<FaultScript['next']>,
): GraphReply {
  if (part.dependsOn.some((id) => failed.has(id.toLowerCase()))) {
    return {
      status: 424,
      headers: {},
      body: errorBody(
        'FailedDependency',
        'A request that this one depends on failed.',
        clientRequestId,
        clientRequestId,
      ),
    };
  }
  const operation = { ...part, authorization: envelope.authorization, inBatch: true };
  if (fault?.kind !== 'answer') return answerOperation(contextUnder(context, fault), operation, clientRequestId);
  if (fault.commit === true) answerOperation(context, operation, clientRequestId);
  const body = scriptedBody(fault, clientRequestId, clientRequestId);
  return { status: fault.status, headers: { ...fault.headers }, body };
}
