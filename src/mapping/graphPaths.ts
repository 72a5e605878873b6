/**
 * What Microsoft Graph allows, path by path: the one place for such facts. The planner sends an option or an `$expand`
 * only where a row here says so, and only where its basis is the documentation.
 *
 * Sources: the beta reference pages of cloudLicensing and of users, groups and devices, and the pages on query
 * parameters, paging and known issues (13635: an expanded directory relation stops at 20 items).
 */
import type { Basis, ExpandCap, ExpandFact, NestedOption, PathFact, QueryOption } from './mappingTypes.js';

function options(text: string): readonly QueryOption[] {
  return text === '' ? [] : (text.split(' ') as QueryOption[]);
}

function single(nested: readonly NestedOption[] = [], basis: Basis = 'documented'): ExpandFact {
  return { nested, basis, cap: undefined };
}

function many(cap: ExpandCap, nested: readonly NestedOption[] = [], basis: Basis = 'documented'): ExpandFact {
  return { nested, basis, cap };
}

/** Known issue 13635: an expanded relation of a directory object brings 20 items, and no nextLink for the rest. */
const directoryCap = 20;

function path(allowed: string, expand: PathFact['expand'] = {}, maxExpands = 2, basis: Basis = 'documented'): PathFact {
  return { options: options(allowed), expand, maxExpands, basis };
}

const bothEnds = { assignedTo: single(), allotment: single(['select', 'filter']) };
const waitingEnds = { allotment: single(['select']), assignedTo: single() };
const errorEnds = { assignedTo: single(), usageRight: single() };
const rightOrigins = { assignments: many('unstated', ['select']), allotments: many('unstated', ['select']) };
const userRelations = { manager: single() };
const groupRelations = { members: many(directoryCap, ['select']), owners: many(directoryCap, ['select']) };

/** Facts by path; `{principal}` stands for `users/{id}`, `me`, `groups/{id}` or `devices/{id}`. */
export const graphPaths = {
  '/admin/cloudLicensing/allotments': path('select top expand apply filter', {
    waitingMembers: many('unstated', ['select']),
    assignments: many('unstated', [], 'inferred'),
  }),
  '/admin/cloudLicensing/allotments/{id}': path('select expand', { waitingMembers: many('unstated', ['select']) }),
  '/admin/cloudLicensing/allotments/{id}/assignments': path('select top expand filter', bothEnds),
  '/admin/cloudLicensing/allotments/{id}/waitingMembers': path('select top expand', waitingEnds),
  '/admin/cloudLicensing/allotments/{id}/waitingMembers/{id}': path('select expand', waitingEnds),
  '/admin/cloudLicensing/assignments': path('select top expand filter', bothEnds),
  '/admin/cloudLicensing/assignments/{id}': path('select expand', bothEnds),
  '/admin/cloudLicensing/assignments/{id}/allotment': path('select expand'),
  '/admin/cloudLicensing/assignments/{id}/assignedTo': path('select'),
  '/admin/cloudLicensing/assignmentErrors': path('select top expand filter', errorEnds),
  '/admin/cloudLicensing/assignmentErrors/{id}': path('select expand', errorEnds),
  '/admin/cloudLicensing/assignmentErrors/{id}/assignedTo': path('select'),
  '/admin/cloudLicensing/assignmentErrors/{id}/usageRight': path('select expand', rightOrigins),
  '/users/{id}/cloudLicensing/usageRights': path('select filter'),
  '/groups/{id}/cloudLicensing/usageRights': path('select top expand filter', rightOrigins),
  '/devices/{id}/cloudLicensing/usageRights': path('select top expand filter', rightOrigins),
  '/{principal}/cloudLicensing/usageRights/{id}': path('select expand', rightOrigins),
  '/{principal}/cloudLicensing/usageRights/{id}/assignments': path('select top expand', bothEnds),
  '/{principal}/cloudLicensing/assignments': path('select top expand filter', bothEnds),
  '/devices/{id}/cloudLicensing/assignments': path('select expand', bothEnds, 2, 'inferred'),
  '/{principal}/cloudLicensing/assignments/{id}': path('select expand', bothEnds),
  '/users/{id}/cloudLicensing/assignmentErrors': path('select top expand filter', errorEnds),
  '/users/{id}/cloudLicensing/assignmentErrors/{id}': path('select expand', errorEnds),
  '/{principal}/cloudLicensing/waitingMembers': path('select expand', waitingEnds),
  '/{principal}/cloudLicensing/waitingMembers/{id}': path('select expand', waitingEnds),
  '/{principal}/cloudLicensing/waitingMembers/{id}/allotment': path('select expand'),
  '/reports/getAzureADLicenseUsage': path(''),
  '/users': path('count expand filter orderby search select top', userRelations, 1),
  '/users/{id}': path('select expand', userRelations, 1),
  '/users/{id}/manager': path('select'),
  '/users/{id}/memberOf': path('select filter top count search'),
  '/groups': path('count expand filter orderby search select top', groupRelations, 1),
  '/groups/{id}': path('select expand', groupRelations, 1),
  '/groups/{id}/members': path('select filter top count search'),
  '/groups/{id}/owners': path('select filter top count search'),
  '/devices': path('count filter orderby search select top'),
  '/devices/{id}': path('select'),
} as const satisfies Record<string, PathFact>;

/** The largest page that `$top` may ask for (Graph: paging). */
export const maxPageSize = 999;

/** How many values `in (…)` may list (directory objects; not stated for licensing, so kept there too). */
export const maxInValues = 15;

/** How many ids one getByIds call takes (directoryobject-getbyids). */
export const maxIdsPerCall = 1000;

/** All seats, one row per SKU: the documented `$apply` of the allotments list. */
export const seatsApply =
  'groupby((skuId,skuPartNumber), aggregate(allottedUnits with sum as totalAllottedUnits, consumedUnits with sum as totalConsumedUnits))';
