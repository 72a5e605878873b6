/** Relations that users, groups and devices have in common; they hang under `{principal}/cloudLicensing`. */
import { connection, one } from './fields.js';
import { assignmentFilter, usageRightFilter } from './filters.js';
import { graphPaths } from './graphPaths.js';
import type { NavigationField, PathFact } from './mappingTypes.js';

/** The list of usage rights; what its path allows differs between users and others. */
export function usageRights(fact: PathFact): NavigationField {
  return connection('UsageRight', {
    path: '/cloudLicensing/usageRights',
    rows: 'within',
    filter: usageRightFilter,
    fact,
  });
}

/** One usage right by its id. */
export const usageRight = one('UsageRight', {
  path: '/cloudLicensing/usageRights/{id}',
  rows: 'within',
  fact: graphPaths['/{principal}/cloudLicensing/usageRights/{id}'],
});

/** The list of direct assignments. */
export function assignments(fact: PathFact): NavigationField {
  return connection('Assignment', { path: '/cloudLicensing/assignments', filter: assignmentFilter, fact });
}

/** One direct assignment by its id. */
export function assignment(fact: PathFact): NavigationField {
  return one('Assignment', { path: '/cloudLicensing/assignments/{id}', fact });
}

/** The waits for a seat. */
export const waitingMembers = connection('WaitingMember', {
  path: '/cloudLicensing/waitingMembers',
  rows: 'within',
  fact: graphPaths['/{principal}/cloudLicensing/waitingMembers'],
});

/** One wait by its id. */
export const waitingMember = one('WaitingMember', {
  path: '/cloudLicensing/waitingMembers/{id}',
  rows: 'within',
  fact: graphPaths['/{principal}/cloudLicensing/waitingMembers/{id}'],
});
