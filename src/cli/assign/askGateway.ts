import type { GraphQLFormattedError } from 'graphql';
import type { OpenGateway } from '../openGateway.js';
import { idKey } from '../../mapping/idKey.js';
import { wordError } from '../wordError.js';
import type { AssigneeResult } from './AssigneeResult.js';
import type { AssignTask } from './AssignTask.js';

/** Where mutations are sent. */
export type GatewayAddress = Pick<OpenGateway, 'send'>;

/** What else is known of a mutation that gave no results. */
interface AskingFailedDetails extends ErrorOptions {
  readonly retryAfterMs?: number | undefined;
  /** Whether the request was refused before anything of it was carried out. */
  readonly isRefusal?: boolean;
}

/** A mutation that gave no results; the message is for people and holds no secrets. */
export class AskingFailed extends Error {
  constructor(
    message: string,
    /** Whether asking again may help; with the same key it does no harm. */
    readonly retryable: boolean,
    private readonly details: AskingFailedDetails = {},
  ) {
    super(message, details);
  }

  get retryAfterMs(): number | undefined {
    return this.details.retryAfterMs;
  }

  get isRefusal(): boolean {
    return this.details.isRefusal === true;
  }
}

const result = 'assigneeId objectId outcome userErrors { code field message } inheritedFrom { displayName }';
const payload = `{ userErrors { code field message } results { ${result} takesSeat } }`;

const assignMutation = `mutation Assign($input: AssignLicensesInput!) {
  assignLicenses(input: $input) ${payload}
}`;

const swapMutation = `mutation Swap($input: SwapLicensesInput!) {
  swapLicenses(input: $input) ${payload}
}`;

const removeMutation = `mutation Remove($input: RemoveLicensesInput!) {
  removeLicenses(input: $input) { userErrors { code field message } results { ${result} } }
}`;

const seatsQuery = 'query Seats($id: ID!) { allotment(id: $id) { availableUnits } }';

interface UserError {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
}

interface Payload {
  readonly userErrors: readonly UserError[];
  readonly results: readonly {
    readonly assigneeId: string;
    readonly objectId?: string | null;
    readonly outcome: AssigneeResult['outcome'];
    readonly userErrors: readonly UserError[];
    /** Of a dry run. */
    readonly inheritedFrom?: readonly { readonly displayName: string | null }[] | null;
    readonly takesSeat?: boolean | null;
  }[];
}

interface GraphqlAnswer {
  readonly data?: {
    readonly assignLicenses?: Payload | null;
    readonly swapLicenses?: Payload | null;
    readonly removeLicenses?: Payload | null;
    readonly allotment?: { readonly availableUnits: number } | null;
  } | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** The outcome for one assignee, as the gateway gives it. */
export interface AnsweredAssignee extends AssigneeResult {
  /** Names who it is, the same for each name of theirs. */
  readonly person: string;
  /** Of a dry run: whether a seat would be taken, or waited for. */
  readonly takesSeat: boolean;
}

/** The outcome of a chunk. */
export interface ChunkAnswer {
  /** In the order of the ids. */
  readonly results: readonly AnsweredAssignee[];
  /** Why no other chunk can do better, such as an allotment that does not exist; undefined where others may. */
  readonly hopeless: string | undefined;
}

async function post(
  gateway: GatewayAddress,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Response> {
  try {
    return await gateway.send({ query, variables });
  } catch (error) {
    throw new AskingFailed((error as Error).message, true, { cause: error });
  }
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 ? seconds * 1000 : undefined;
}

/** The failure that an answer stands for. */
function answered(message: string, retryable: boolean, response: Response): AskingFailed {
  const isRefusal = !retryable && response.status >= 400 && response.status < 500;
  return new AskingFailed(message, retryable, { retryAfterMs: retryAfterMs(response), isRefusal });
}

async function readAnswer(response: Response): Promise<GraphqlAnswer> {
  try {
    const answer: unknown = await response.json();
    if (typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer)) {
      return answer as GraphqlAnswer;
    }
  } catch {
    // What is not JSON is told by its status.
  }
  const { status } = response;
  const mayPass = status === 200 || status === 408 || status === 429 || status >= 500;
  throw answered(`the gateway answered ${status} without GraphQL`, mayPass, response);
}

function failureOf({ errors }: GraphqlAnswer, response: Response): AskingFailed {
  const [first] = errors ?? [];
  if (first === undefined) return new AskingFailed('the gateway answered without results', false);
  return answered(wordError(first), first.extensions?.retryable === true, response);
}

/** A licence that somebody has through a group is not a reason against a change, but one to think again. */
function wordInheritance(
  groups: readonly { readonly displayName: string | null }[],
  { isRemoval }: AssignTask,
): readonly string[] {
  if (groups.length === 0) return [];
  const names = groups.map(({ displayName }) => displayName ?? 'without a name').join(', ');
  return [`${isRemoval ? 'Keeps it' : 'Holds it already'} through the group ${names}.`];
}

/** Whether a refusal concerns everybody: for certain, or, of what may be about one person, where nobody fared better. */
function isHopeless({ outcome, userErrors }: Payload['results'][number], isOneOfMany: boolean): boolean {
  const concernsAll = ({ code, field }: UserError): boolean =>
    code === 'UNKNOWN_SERVICE_PLAN' ||
    /allotmentId$/i.test(field?.at(-1) ?? '') ||
    (isOneOfMany && (code === 'FORBIDDEN' || field?.at(-1) === 'disabledServicePlanIds'));
  return (outcome === 'REJECTED' || outcome === 'KEPT_OLD') && userErrors.some(concernsAll);
}

/** The mutation, and what it is given for every chunk. */
function requestOf({ allotmentId, replacedAllotmentId, isRemoval, disabledServicePlanIds, dryRun }: AssignTask): {
  readonly query: string;
  readonly input: object;
} {
  if (isRemoval) return { query: removeMutation, input: { allotmentId, dryRun } };
  if (replacedAllotmentId === undefined) {
    return { query: assignMutation, input: { allotmentId, disabledServicePlanIds, dryRun } };
  }
  const allotments = { fromAllotmentId: replacedAllotmentId, toAllotmentId: allotmentId };
  return { query: swapMutation, input: { ...allotments, disabledServicePlanIds, dryRun } };
}

/**
 * Has the gateway make the change for a chunk of assignees. Raises an AskingFailed where it gives no results: it did not answer, or
 * refused the whole request.
 *
 * @param key makes a repeat harmless; undefined in a dry run
 */
export async function askGateway(
  address: GatewayAddress,
  task: AssignTask,
  ids: readonly string[],
  key: string | undefined,
): Promise<ChunkAnswer> {
  const { query, input } = requestOf(task);
  const response = await post(address, query, { input: { ...input, assigneeIds: ids, idempotencyKey: key } });
  const answer = await readAnswer(response);
  const { assignLicenses, swapLicenses, removeLicenses } = answer.data ?? {};
  const done = assignLicenses ?? swapLicenses ?? removeLicenses ?? undefined;
  if (done === undefined) throw failureOf(answer, response);
  const { results, userErrors } = done;
  if (results.length !== ids.length || results.some(({ assigneeId }, index) => assigneeId !== ids[index])) {
    throw new AskingFailed('the gateway answered for others than were asked for', false);
  }
  const areHopeless = results.every((result) => isHopeless(result, results.length > 1));
  const reason = areHopeless ? results[0]?.userErrors[0]?.message : userErrors[0]?.message;
  return {
    hopeless: reason,
    results: results.map(({ assigneeId, objectId, outcome, userErrors: errors, inheritedFrom, takesSeat }) => ({
      assigneeId,
      person: idKey(objectId ?? assigneeId),
      takesSeat: takesSeat === true,
      outcome,
      code: errors.map(({ code }) => code).join(' '),
      message: [...errors.map(({ message }) => message), ...wordInheritance(inheritedFrom ?? [], task)].join(' '),
    })),
  };
}

/** How many seats of an allotment are free; undefined where there is no such allotment. Raises an AskingFailed. */
export async function askFreeSeats(address: GatewayAddress, allotmentId: string): Promise<number | undefined> {
  const response = await post(address, seatsQuery, { id: allotmentId });
  const answer = await readAnswer(response);
  if (answer.errors !== undefined) throw failureOf(answer, response);
  return answer.data?.allotment?.availableUnits;
}
