import type { GatewayConfig, GraphAuth } from '../../config/GatewayConfig.js';
import { openOwnGateway, type OwnGateway } from '../openGateway.js';
import type { CheckResult } from './Check.js';
import { wordOutage } from './wordOutage.js';

/** A part of Graph that has permissions of its own, and the least query that reads it. */
interface Area {
  readonly subject: string;
  readonly query: string;
  /** Whether Graph may do without it: some parts are documented and yet not offered everywhere. */
  readonly isOptional?: boolean;
}

const area = (subject: string, fields: string): Area => ({ subject, query: `{ ${fields} }` });

const ownAreas: readonly Area[] = [
  area('signed-in user', 'me { id }'),
  area('own usage rights', 'me { usageRights(first: 1) { nodes { id } } }'),
  area('own assignments', 'me { assignments(first: 1) { nodes { id } } }'),
];

const tenantAreas: readonly Area[] = [
  area('users', 'users(first: 1) { nodes { id } }'),
  area('usage rights of users', 'users(first: 1) { nodes { usageRights(first: 1) { nodes { id } } } }'),
  area('assignments of users', 'users(first: 1) { nodes { assignments(first: 1) { nodes { id } } } }'),
  area('groups', 'groups(first: 1) { nodes { id } }'),
  area('usage rights of groups', 'groups(first: 1) { nodes { usageRights(first: 1) { nodes { id } } } }'),
  area('devices', 'devices(first: 1) { nodes { id } }'),
  area('usage rights of devices', 'devices(first: 1) { nodes { usageRights(first: 1) { nodes { id } } } }'),
  area('allotments', 'allotments(first: 1) { nodes { id } }'),
  area('waiting members', 'allotments(first: 1) { nodes { waitingMembers(first: 1) { nodes { id } } } }'),
  area('assignments', 'assignments(first: 1) { nodes { id } }'),
  area('assignment errors', 'assignmentErrors(first: 1) { nodes { id } }'),
  { ...area('usage report', 'licenseUsage(period: "D7") { id }'), isOptional: true },
];

/** What can be read in this mode: only a caller who is a user has licences of their own. */
export function areasOf(mode: GraphAuth): readonly Area[] {
  return mode === 'obo' || mode === 'passthrough' ? [...ownAreas, ...tenantAreas] : tenantAreas;
}

interface QueryError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly permission?: { readonly explanation: string } };
}

async function ask(gateway: OwnGateway, query: string): Promise<readonly QueryError[]> {
  const { result } = await gateway.execute({ query });
  return (result.errors ?? []) as unknown as readonly QueryError[];
}

function describeError({ message, extensions: { code, permission } }: QueryError): string {
  return permission === undefined ? `${code}: ${message}` : `${code}: ${permission.explanation}`;
}

function resultOf({ subject, isOptional = false }: Area, [error]: readonly QueryError[]): CheckResult {
  if (error === undefined) return { subject, outcome: 'ok', detail: 'can be read' };
  const isAbsent = isOptional && ['NOT_FOUND', 'BAD_USER_INPUT'].includes(error.extensions.code);
  if (isAbsent) return { subject, outcome: 'skipped', detail: 'Microsoft Graph does not offer it here' };
  return { subject, outcome: 'FAILED', detail: describeError(error) };
}

/** Codes of a Graph that is not there, or that nothing reaches; what it refuses is another matter. */
const outages = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT'];

/**
 * Reads one area by itself first: where Graph is not there, the others would only say how many calls have failed.
 *
 * @param explain what is wrong, of a read that ended in an outage
 */
async function readAreas(
  gateway: OwnGateway,
  areas: readonly Area[],
  explain: (message: string) => string,
): Promise<readonly CheckResult[]> {
  const [first, ...others] = areas;
  if (first === undefined) return [];
  const [error, ...rest] = await ask(gateway, first.query);
  const isOut = error !== undefined && outages.includes(error.extensions.code);
  const errors = error === undefined ? [] : [isOut ? { ...error, message: explain(error.message) } : error, ...rest];
  const results = isOut
    ? others.map(({ subject }): CheckResult => ({ subject, outcome: 'skipped', detail: 'not tried' }))
    : await Promise.all(others.map(async (area) => resultOf(area, await ask(gateway, area.query))));
  return [resultOf(first, errors), ...results];
}

/** What is remembered of options that no page documents; with CACHE_URL, by all replicas. */
function describeLearned(lines: readonly string[]): readonly CheckResult[] {
  return lines.map((detail) => ({ subject: 'learned', outcome: 'ok', detail }));
}

/** Starts the gateway that the environment describes, and reads each area through it. */
export async function tryReads(
  { auth, graph, server }: GatewayConfig,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<readonly CheckResult[]> {
  let reason: string | undefined;
  const gateway = await openOwnGateway(
    { ...variables, REQUEST_TIMEOUT_MS: String(server.requestTimeout) },
    { exchange: ({ failure }) => void (reason = failure?.reason ?? reason) },
  );
  const explain = (message: string): string => {
    if (reason === undefined) return message;
    const fault = message.includes(reason) ? message : `${message.replace(/\.$/, '')}: ${reason}.`;
    return wordOutage(fault, 'GRAPH_BASE_URL', graph.baseUrl);
  };
  try {
    const results = await readAreas(gateway, areasOf(auth.mode), explain);
    return [...results, ...describeLearned(gateway.learned())];
  } finally {
    await gateway.close();
  }
}
