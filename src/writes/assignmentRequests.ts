/**
 * The documented requests that change assignments. Each function gives every path by which the same change can be made,
 * the broadest right first (Graph: cloudLicensing, create, update and delete assignment).
 */
import type { GraphOperation } from '../graph/GraphOperation.js';
import { sameId } from '../mapping/idKey.js';
import { printId, printKey } from '../odata/printId.js';

/** Who receives an assignment. */
export interface Assignee {
  readonly kind: 'user' | 'group' | 'device';
  readonly id: string;
}

/** An assignment with what is known of its two ends, which open further paths to it. */
export interface AssignmentAddress {
  readonly id: string;
  readonly allotmentId?: string | undefined;
  readonly assignee?: Assignee | undefined;
}

const assignmentType = '#microsoft.graph.cloudLicensing.assignment';
const admin = '/admin/cloudLicensing';

function principalPath({ kind, id }: Assignee): string {
  return `/${kind}s${printKey(id)}`;
}

/**
 * The path of who has an assignment, where there is one to try. Callers reach their own under `/me`, as the documented
 * examples do; where it could not be read whose it is, it may be their own.
 */
function ownerPaths(assignee: Assignee | undefined, signedInUser: string | undefined): readonly string[] {
  if (assignee === undefined) return signedInUser === undefined ? [] : ['/me'];
  const isOwn = assignee.kind === 'user' && sameId(assignee.id, signedInUser);
  return [isOwn ? '/me' : principalPath(assignee)];
}

function allotmentPath(id: string): string {
  return `${admin}/allotments/${printId(id)}`;
}

/** Creates an assignment: as administrator, under its allotment, or under its assignee. */
export function createRequests(
  serviceRoot: string,
  allotmentId: string,
  assignee: Assignee,
  disabledServicePlanIds: readonly string[],
): readonly GraphOperation[] {
  const allotment = { 'allotment@odata.bind': serviceRoot + allotmentPath(allotmentId) };
  const assignedTo = { 'assignedTo@odata.bind': serviceRoot + principalPath(assignee) };
  const post = (path: string, ends: object): GraphOperation => ({
    method: 'POST',
    path,
    body: { '@odata.type': assignmentType, ...ends, disabledServicePlanIds },
    repeatable: false,
  });
  return [
    post(`${admin}/assignments`, { ...allotment, ...assignedTo }),
    post(`${allotmentPath(allotmentId)}/assignments`, assignedTo),
    post(`${principalPath(assignee)}/cloudLicensing/assignments`, allotment),
  ];
}

/**
 * Replaces the list of service plans that are off. It binds nothing, other than the page's example: the page's table does
 * not list the binds, both ends of an assignment are fixed, and the service's design paper refuses to have them set again.
 */
export function updateRequests(
  { id, assignee }: AssignmentAddress,
  disabledServicePlanIds: readonly string[],
  signedInUser: string | undefined,
): readonly GraphOperation[] {
  const body = { '@odata.type': assignmentType, disabledServicePlanIds };
  const scopes = [admin, ...ownerPaths(assignee, signedInUser).map((owner) => `${owner}/cloudLicensing`)];
  return scopes.map((scope) => ({
    method: 'PATCH',
    path: `${scope}/assignments/${printId(id)}`,
    body,
    repeatable: false,
  }));
}

/** Takes an assignment away: as administrator, under its allotment, or under its assignee. */
export function deleteRequests(
  { id, allotmentId, assignee }: AssignmentAddress,
  signedInUser: string | undefined,
): readonly GraphOperation[] {
  const scopes = [
    admin,
    ...(allotmentId === undefined ? [] : [allotmentPath(allotmentId)]),
    ...ownerPaths(assignee, signedInUser).map((owner) => `${owner}/cloudLicensing`),
  ];
  return scopes.map((scope) => ({
    method: 'DELETE',
    path: `${scope}/assignments/${printId(id)}`,
    repeatable: false,
  }));
}

/** Has Graph work out again what a user may use. */
export function reprocessRequest(userId: string): GraphOperation {
  const path = `/users${printKey(userId)}/cloudLicensing/assignments/reprocessAssignments`;
  return { method: 'POST', path, repeatable: false };
}
