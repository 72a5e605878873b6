/**
 * What Graph documents, path by path: which options a path takes, what it can expand, by what it can be filtered.
 * Everything that stands here is accepted, everything else is refused. Written from the reference pages.
 */
import type { EntityType } from './entityTypes.js';

/** What an expansion may carry in its brackets. */
export interface ExpandRule {
  readonly nested: readonly ('select' | 'filter')[];
}

/** One documented path. */
export interface PathRule {
  /**
   * Segments with `{name}` for ids; `{principal}` is `users/{id}`, `me`, `groups/{id}` or `devices/{id}`, and
   * `{holder}` the same without groups, which wait for nothing.
   */
  readonly pattern: string;
  readonly type: EntityType;
  readonly many: boolean;
  readonly options: readonly string[];
  readonly expand: Readonly<Record<string, ExpandRule>>;
  readonly maxExpands: number;
  /** Properties that a `$filter` may name: with the operators that need no advanced query. */
  readonly filter: Readonly<Record<string, string>>;
  /** The collection lies in the directory: ConsistencyLevel, `$count` and paging by 100 apply. */
  readonly directory: boolean;
}

const select: ExpandRule = { nested: ['select'] };
const bare: ExpandRule = { nested: [] };
const bothEnds = { assignedTo: bare, allotment: { nested: ['select', 'filter'] } as ExpandRule };
const waitingEnds = { assignedTo: bare, allotment: select };
const errorEnds = { assignedTo: bare, usageRight: bare };
const rightOrigins = { assignments: select, allotments: select };
const rightFilter = { skuId: 'eq in', 'services/planId': 'eq in' };

const text = 'eq in startsWith ge le';
const userFilter = {
  id: 'eq in',
  displayName: 'eq in startsWith',
  userPrincipalName: text,
  mail: text,
  mailNickname: text,
  givenName: text,
  surname: text,
  department: text,
  jobTitle: text,
  usageLocation: text,
  country: text,
  city: 'eq in startsWith ge',
  userType: 'eq in',
  accountEnabled: 'eq in',
  createdDateTime: 'eq ge le',
  'assignedLicenses/skuId': 'eq',
  // In advanced queries alone (Graph: $count in expressions).
  'assignedLicenses/$count': '',
  employeeId: 'eq startsWith',
  companyName: '',
  officeLocation: '',
};
const groupFilter = {
  id: 'eq in',
  displayName: text,
  description: 'eq startsWith ge le',
  mail: text,
  mailNickname: text,
  mailEnabled: 'eq',
  securityEnabled: 'eq in',
  'groupTypes/': 'eq',
  hasMembersWithLicenseErrors: 'eq',
};
const deviceFilter = {
  id: 'eq in',
  displayName: text,
  deviceId: 'eq',
  operatingSystem: 'eq startsWith ge le',
  accountEnabled: 'eq in',
};

function rule(
  pattern: string,
  type: EntityType,
  many: boolean,
  options: string,
  rest: Partial<PathRule> = {},
): PathRule {
  return {
    pattern,
    type,
    many,
    options: options.split(' ').filter(Boolean),
    expand: {},
    maxExpands: 2,
    filter: {},
    directory: false,
    ...rest,
  };
}

const directoryList = 'count expand filter orderby search select top';
const relatedList = 'count filter search select top';
const userExpand = { manager: bare, directReports: bare, memberOf: bare, ownedObjects: select };
const groupExpand = { members: select, owners: select, memberOf: bare };
const oneExpand = { maxExpands: 1, directory: true };

/** Every path that the emulator serves. */
export const pathTable: readonly PathRule[] = [
  rule('/admin/cloudLicensing/allotments', 'allotment', true, 'select top expand apply filter', {
    expand: { waitingMembers: select },
    filter: { skuId: 'eq in' },
  }),
  rule('/admin/cloudLicensing/allotments/{allotment}', 'allotment', false, 'select expand', {
    expand: { waitingMembers: select },
  }),
  rule('/admin/cloudLicensing/allotments/{allotment}/assignments', 'assignment', true, 'select top expand filter', {
    expand: bothEnds,
  }),
  rule('/admin/cloudLicensing/allotments/{allotment}/assignments/{assignment}', 'assignment', false, 'select expand', {
    expand: bothEnds,
  }),
  rule('/admin/cloudLicensing/allotments/{allotment}/waitingMembers', 'waitingMember', true, 'select top expand', {
    expand: waitingEnds,
  }),
  rule(
    '/admin/cloudLicensing/allotments/{allotment}/waitingMembers/{waitingMember}',
    'waitingMember',
    false,
    'select expand',
    { expand: waitingEnds },
  ),
  rule('/admin/cloudLicensing/assignments', 'assignment', true, 'select top expand filter', { expand: bothEnds }),
  rule('/admin/cloudLicensing/assignments/{assignment}', 'assignment', false, 'select expand', { expand: bothEnds }),
  rule('/admin/cloudLicensing/assignments/{assignment}/allotment', 'allotment', false, 'select expand', {
    expand: { waitingMembers: select },
  }),
  rule('/admin/cloudLicensing/assignments/{assignment}/assignedTo', 'directoryObject', false, 'select'),
  rule('/admin/cloudLicensing/assignmentErrors', 'assignmentError', true, 'select top expand filter', {
    expand: errorEnds,
    filter: { skuId: 'eq in' },
  }),
  rule('/admin/cloudLicensing/assignmentErrors/{error}', 'assignmentError', false, 'select expand', {
    expand: errorEnds,
  }),
  rule('/admin/cloudLicensing/assignmentErrors/{error}/assignedTo', 'directoryObject', false, 'select'),
  rule('/admin/cloudLicensing/assignmentErrors/{error}/usageRight', 'usageRight', false, 'select expand', {
    expand: rightOrigins,
  }),
  rule('/users/{user}/cloudLicensing/usageRights', 'usageRight', true, 'select filter', { filter: rightFilter }),
  rule('/me/cloudLicensing/usageRights', 'usageRight', true, 'select filter', { filter: rightFilter }),
  rule('/groups/{group}/cloudLicensing/usageRights', 'usageRight', true, 'select top expand filter', {
    expand: rightOrigins,
    filter: rightFilter,
  }),
  rule('/devices/{device}/cloudLicensing/usageRights', 'usageRight', true, 'select top expand filter', {
    expand: rightOrigins,
    filter: rightFilter,
  }),
  rule('/{principal}/cloudLicensing/usageRights/{right}', 'usageRight', false, 'select expand', {
    expand: rightOrigins,
  }),
  rule('/{principal}/cloudLicensing/usageRights/{right}/assignments', 'assignment', true, 'select top expand', {
    expand: bothEnds,
  }),
  // Only the permission catalogue has them, so that nothing is said of their options.
  rule('/devices/{device}/cloudLicensing/assignments', 'assignment', true, ''),
  rule('/devices/{device}/cloudLicensing/assignments/{assignment}', 'assignment', false, ''),
  rule('/{principal}/cloudLicensing/assignments', 'assignment', true, 'select top expand filter', { expand: bothEnds }),
  rule('/{principal}/cloudLicensing/assignments/{assignment}', 'assignment', false, 'select expand', {
    expand: bothEnds,
  }),
  rule('/{principal}/cloudLicensing/assignments/{assignment}/allotment', 'allotment', false, 'select expand', {
    expand: { waitingMembers: select },
  }),
  rule('/users/{user}/cloudLicensing/assignmentErrors', 'assignmentError', true, 'select top expand filter', {
    expand: errorEnds,
    filter: { skuId: 'eq in' },
  }),
  rule('/me/cloudLicensing/assignmentErrors', 'assignmentError', true, 'select top expand filter', {
    expand: errorEnds,
    filter: { skuId: 'eq in' },
  }),
  rule('/users/{user}/cloudLicensing/assignmentErrors/{error}', 'assignmentError', false, 'select expand', {
    expand: errorEnds,
  }),
  rule('/me/cloudLicensing/assignmentErrors/{error}', 'assignmentError', false, 'select expand', { expand: errorEnds }),
  rule('/{holder}/cloudLicensing/waitingMembers', 'waitingMember', true, 'select expand', { expand: waitingEnds }),
  rule('/{holder}/cloudLicensing/waitingMembers/{waitingMember}', 'waitingMember', false, 'select expand', {
    expand: waitingEnds,
  }),
  rule('/{holder}/cloudLicensing/waitingMembers/{waitingMember}/allotment', 'allotment', false, 'select expand', {
    expand: { waitingMembers: select },
  }),
  rule('/reports/{report}', 'azureADLicenseUsage', true, ''),
  rule('/users', 'user', true, directoryList, { expand: userExpand, filter: userFilter, ...oneExpand }),
  rule('/users/{user}', 'user', false, 'select expand', { expand: userExpand, ...oneExpand }),
  rule('/me', 'user', false, 'select expand', { expand: userExpand, ...oneExpand }),
  rule('/users/{user}/manager', 'directoryObject', false, 'select', { directory: true }),
  rule('/me/manager', 'directoryObject', false, 'select', { directory: true }),
  rule('/users/{user}/memberOf', 'directoryObject', true, relatedList, { directory: true }),
  rule('/me/memberOf', 'directoryObject', true, relatedList, { directory: true }),
  rule('/groups', 'group', true, directoryList, { expand: groupExpand, filter: groupFilter, ...oneExpand }),
  rule('/groups/{group}', 'group', false, 'select expand', { expand: groupExpand, ...oneExpand }),
  rule('/groups/{group}/members', 'directoryObject', true, relatedList, { directory: true }),
  rule('/groups/{group}/owners', 'directoryObject', true, relatedList, { directory: true }),
  rule('/devices', 'device', true, directoryList, { filter: deviceFilter, directory: true }),
  rule('/devices/{device}', 'device', false, 'select', { directory: true }),
  rule('/directoryObjects/{object}', 'directoryObject', false, 'select', { directory: true }),
];
