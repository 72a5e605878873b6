import { GraphQLError } from 'graphql';
import { GraphError } from '../graph/errors/GraphError.js';
import { isGuid } from '../mapping/lowerGuid.js';
import { isId } from '../odata/printId.js';
import type { Assignee } from './assignmentRequests.js';
import { valueAt } from './readAnswer.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';

const allKinds: readonly Assignee['kind'][] = ['user', 'group', 'device'];

/** An id that was found nowhere, where not all kinds of objects could be read: it may be one of those. */
export interface Unidentified {
  readonly unread: readonly Assignee['kind'][];
  readonly error: Error;
}

/** Who an id is; undefined where nobody has it. */
export type Identity = Assignee | Unidentified | undefined;

async function identifyAs(look: Look, kind: Assignee['kind'], id: string): Promise<Assignee | undefined> {
  const answer = await look(`query ($id: ID!) { found: ${kind}(id: $id) { id } }`, { id });
  const foundId = valueAt(answer, 'found', 'id');
  return typeof foundId === 'string' ? { kind, id: foundId } : undefined;
}

/** Rights differ by kind, and one that cannot be read says nothing about what was found among the others. */
async function identify(look: Look, kinds: readonly Assignee['kind'][], id: string): Promise<Identity> {
  const looks = await Promise.allSettled(kinds.map((kind) => identifyAs(look, kind, id)));
  const found = looks.find((each) => each.status === 'fulfilled' && each.value !== undefined);
  if (found?.status === 'fulfilled') return found.value;
  const failed = looks.find((each) => each.status === 'rejected');
  if (failed?.status !== 'rejected') return undefined;
  const error: unknown = failed.reason;
  if (!isOfReading(error)) throw error;
  return { unread: kinds.filter((_, index) => looks[index]?.status === 'rejected'), error };
}

/**
 * Whether it is the reading of this kind that failed. Without a good token nothing else can be done either, and the client
 * has to be told what its token lacks.
 */
function isOfReading(error: unknown): error is Error {
  if (error instanceof GraphError) return error.code !== 'UNAUTHENTICATED' && error.code !== 'CLAIMS_CHALLENGE';
  return error instanceof GraphQLError;
}

/**
 * Who the ids are, by position: object ids of users, groups and devices, and sign-in names of users. Users, groups and
 * devices are asked for 1,000 at a time (getByIds).
 *
 * @param kinds among which object ids are looked for
 */
export function identifyAssignees(
  look: Look,
  ids: readonly string[],
  kinds: readonly Assignee['kind'][] = allKinds,
): Promise<readonly Identity[]> {
  return Promise.all(ids.map(async (id) => (isId(id) ? identify(look, isGuid(id) ? kinds : ['user'], id) : undefined)));
}

/**
 * The same assignee by object id, which addresses in a body have to hold: a user may be named by the name they sign in
 * with. Undefined where nobody has that name; as given where that could not be read.
 */
export async function byObjectId(environment: WriteEnvironment, assignee: Assignee): Promise<Assignee | undefined> {
  if (isGuid(assignee.id)) return assignee;
  return identifyAs(environment.lookAfresh(), assignee.kind, assignee.id).catch(() => assignee);
}
