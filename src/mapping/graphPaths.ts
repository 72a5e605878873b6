/**
 * What Microsoft Graph allows, path by path: the one place for such facts. An option or an `$expand` is sent only where a
 * row here says so. `documented` options are sent as they stand. `inferred` ones, written with a `?`, stand in the metadata
 * or in a design paper of the service, but on no page: each is tried once and the outcome is remembered
 * (`src/run/learned/`).
 *
 * Sources: the beta reference pages of cloudLicensing and of users, groups and devices, the pages on query parameters,
 * paging and known issues (13635: an expanded directory relation stops at 20 items), and for inferred options the CSDL of
 * Microsoft Graph beta (`$metadata`, October 2026): the relations are there, and the service announced two levels of
 * `$expand`.
 */
import type { Basis, ExpandCap, ExpandFact, NestedOption, PathFact, QueryOption } from './mappingTypes.js';

/** `select top?`: names, those that no page documents with a question mark. */
function bases<Name extends string>(text: string): Partial<Record<Name, Basis>> {
  const names = text.split(' ').filter((name) => name !== '');
  return Object.fromEntries(
    names.map((name) => [name.replace('?', ''), name.endsWith('?') ? 'inferred' : 'documented']),
  ) as Partial<Record<Name, Basis>>;
}

function single(nested: string): ExpandFact {
  return { nested: bases<NestedOption>(nested), basis: 'documented', within: {}, cap: undefined };
}

function many(cap: ExpandCap, nested: string, within: ExpandFact['within'] = {}): ExpandFact {
  return { nested: bases<NestedOption>(nested), basis: 'documented', within, cap };
}

function inferred(facts: PathFact['expand']): PathFact['expand'] {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, { ...fact, basis: 'inferred' }]));
}

type Row = Omit<PathFact, 'path'>;

function row(options: string, expand: PathFact['expand'] = {}, maxExpands = 2): Row {
  return { options: bases<QueryOption>(options), expand, maxExpands };
}

/** Known issue 13635: an expanded relation of a directory object brings 20 items, and no nextLink for the rest. */
export const directoryCap = 20;

const bothEnds = { assignedTo: single('select?'), allotment: single('select filter') };
const waitingEnds = { allotment: single('select'), assignedTo: single('select?') };
const errorEnds = { assignedTo: single('select?'), usageRight: single('select?') };
const assignmentEnds = inferred({ assignedTo: single('select?'), allotment: single('select?') });
const rightOrigins = {
  assignments: many('unstated', 'select', assignmentEnds),
  allotments: many('unstated', 'select'),
};
const waitingMembers = many('unstated', 'select', inferred({ assignedTo: single('select?') }));
const allotmentAssignments = inferred({
  assignments: many('unstated', 'select?', inferred({ assignedTo: single('select?') })),
});
const userRelations = { manager: single('select?') };
const groupRelations = { members: many(directoryCap, 'select'), owners: many(directoryCap, 'select') };

/** `{principal}` stands for `users/{id}`, `me`, `groups/{id}` or `devices/{id}`. */
const rows = {
  '/admin/cloudLicensing/allotments': row('select top expand apply filter', {
    waitingMembers,
    ...allotmentAssignments,
  }),
  '/admin/cloudLicensing/allotments/{id}': row('select expand', { waitingMembers, ...allotmentAssignments }),
  '/admin/cloudLicensing/allotments/{id}/assignments': row('select top expand filter', bothEnds),
  '/admin/cloudLicensing/allotments/{id}/waitingMembers': row('select top expand', waitingEnds),
  '/admin/cloudLicensing/allotments/{id}/waitingMembers/{id}': row('select expand', waitingEnds),
  '/admin/cloudLicensing/assignments': row('select top expand filter', bothEnds),
  '/admin/cloudLicensing/assignments/{id}': row('select expand', bothEnds),
  '/admin/cloudLicensing/assignments/{id}/allotment': row('select expand'),
  '/admin/cloudLicensing/assignments/{id}/assignedTo': row('select'),
  '/admin/cloudLicensing/assignmentErrors': row('select top expand filter', errorEnds),
  '/admin/cloudLicensing/assignmentErrors/{id}': row('select expand', errorEnds),
  '/admin/cloudLicensing/assignmentErrors/{id}/assignedTo': row('select'),
  '/admin/cloudLicensing/assignmentErrors/{id}/usageRight': row('select expand', rightOrigins),
  '/users/{id}/cloudLicensing/usageRights': row('select filter expand?', inferred(rightOrigins)),
  '/groups/{id}/cloudLicensing/usageRights': row('select top expand filter', rightOrigins),
  '/devices/{id}/cloudLicensing/usageRights': row('select top expand filter', rightOrigins),
  '/{principal}/cloudLicensing/usageRights/{id}': row('select expand', rightOrigins),
  '/{principal}/cloudLicensing/usageRights/{id}/assignments': row('select top expand', bothEnds),
  '/{principal}/cloudLicensing/assignments': row('select top expand filter', bothEnds),
  '/devices/{id}/cloudLicensing/assignments': row('select? top? expand?', inferred(bothEnds)),
  '/{principal}/cloudLicensing/assignments/{id}': row('select expand', bothEnds),
  '/devices/{id}/cloudLicensing/assignments/{id}': row('select? expand?', inferred(bothEnds)),
  '/users/{id}/cloudLicensing/assignmentErrors': row('select top expand filter', errorEnds),
  '/users/{id}/cloudLicensing/assignmentErrors/{id}': row('select expand', errorEnds),
  '/{principal}/cloudLicensing/waitingMembers': row('select expand', waitingEnds),
  '/{principal}/cloudLicensing/waitingMembers/{id}': row('select expand', waitingEnds),
  '/{principal}/cloudLicensing/waitingMembers/{id}/allotment': row('select expand'),
  '/reports/getAzureADLicenseUsage': row(''),
  '/users': row('count expand filter orderby search select top', userRelations, 1),
  '/users/{id}': row('select expand', userRelations, 1),
  '/users/{id}/manager': row('select'),
  '/users/{id}/memberOf': row('select filter top count search'),
  '/groups': row('count expand filter orderby search select top', groupRelations, 1),
  '/groups/{id}': row('select expand', groupRelations, 1),
  '/groups/{id}/members': row('select filter top count search'),
  '/groups/{id}/owners': row('select filter top count search'),
  '/devices': row('count filter orderby search select top'),
  '/devices/{id}': row('select'),
} as const satisfies Record<string, Row>;

/** Facts by path, relative to the service root. */
export const graphPaths = Object.fromEntries(
  Object.entries(rows).map(([path, facts]): [string, PathFact] => [path, { path, ...facts }]),
) as Readonly<Record<keyof typeof rows, PathFact>>;

/** A path from the service root, with what Graph allows there. */
export function at(path: keyof typeof rows): { readonly path: string; readonly fact: PathFact } {
  return { path, fact: graphPaths[path] };
}

/** The largest page that `$top` may ask for (Graph: paging). */
export const maxPageSize = 999;

/** How many values `in (…)` may list (directory objects; not stated for licensing, so kept there too). */
export const maxInValues = 15;

/** How many ids one getByIds call takes (directoryobject-getbyids). */
export const maxIdsPerCall = 1000;

/** All seats, one row per SKU: the documented `$apply` of the allotments list. */
export const seatsApply =
  'groupby((skuId,skuPartNumber), aggregate(allottedUnits with sum as totalAllottedUnits, consumedUnits with sum as totalConsumedUnits))';

/** Periods of the usage report (siblings of the report: D7 and D30; this one's page names none). */
export const reportPeriods = ['D7', 'D30'] as const;
