/**
 * Options that the metadata makes ordinary OData and that no page of the reference offers at the path: `$top` and `$count`
 * of a list, `$expand` of a relation, and options inside the brackets of an expansion. The metadata carries no capability
 * annotations for licensing, so nobody outside the service can say which of them it takes. Written from the metadata and
 * from the service's pre-release design paper, which shows two levels of `$expand` and refuses a third.
 */
import type { EntityType } from './entityTypes.js';

/** How the emulator plays an undocumented option. */
export type UndocumentedBehaviour =
  /** Answered with 400, like every option that a path does not take. */
  | 'refused'
  /** Passed over in silence: 200, as if the option had not been sent. */
  | 'ignored'
  /** As `taken`, but an expanded collection stops after a few items, and nothing says so. */
  | 'cut'
  /** Honoured in full: an expanded collection is whole. */
  | 'taken';

/** One undocumented option of a request. */
export interface UndocumentedUse {
  /** Path behind the service root, as it was asked for, without the query. */
  readonly path: string;
  /** Without values: `$top`, `$expand=assignments`, `$expand=assignments($select)`, `$expand=assignments($expand=assignedTo)`. */
  readonly option: string;
}

/** One behaviour for all undocumented options, or a choice for each. */
export type UndocumentedSwitch = UndocumentedBehaviour | ((use: UndocumentedUse) => UndocumentedBehaviour);

/** A kind of undocumented option. */
export interface UndocumentedOption {
  /** On the path itself, or inside the brackets of an expansion. */
  readonly place: 'path' | 'expansion';
  readonly option: 'top' | 'count' | 'expand' | 'select' | 'filter';
  readonly paths: string;
  readonly saves: string;
  readonly source: 'metadata' | 'design paper' | 'page of a sister list';
}

/** All kinds. What is not here is refused, whatever the switch says: a third level, for one. */
export const undocumentedOptions: readonly UndocumentedOption[] = [
  {
    place: 'path',
    option: 'top',
    paths: 'licensing lists: usage rights of a user, assignments of a device, waiting members of a user or device',
    saves: 'pages of a long list',
    source: 'page of a sister list',
  },
  {
    place: 'path',
    option: 'count',
    paths: 'licensing lists',
    saves: 'reading a list to count it',
    source: 'metadata',
  },
  {
    place: 'path',
    option: 'expand',
    paths:
      'licensing paths, by `relations`: usage rights of a user, assignments of a device, assignments of allotments',
    saves: 'one call for each row',
    source: 'design paper',
  },
  {
    place: 'path',
    option: 'expand',
    paths: 'users, groups and devices, by `relations`: `cloudLicensing/assignments` and the like',
    saves: 'one call for each user',
    source: 'design paper',
  },
  {
    place: 'path',
    option: 'select',
    paths: 'assignments of a device',
    saves: 'bytes',
    source: 'page of a sister list',
  },
  {
    place: 'expansion',
    option: 'filter',
    paths: 'the allotment by its SKU, as the lists of assignments have it',
    saves: 'reading assignments of all other products',
    source: 'page of a sister list',
  },
  {
    place: 'expansion',
    option: 'select',
    paths: 'every expansion: assignedTo, allotment, usageRight, assignments, manager',
    saves: 'bytes, nine tenths of them where users are expanded',
    source: 'design paper',
  },
  {
    place: 'expansion',
    option: 'expand',
    paths: 'licensing expansions, by `relations`, one level deep: assignments($expand=assignedTo,allotment)',
    saves: 'a wave',
    source: 'design paper',
  },
  {
    place: 'expansion',
    option: 'top',
    paths: 'expanded licensing collections',
    saves: 'the rest of a collection that is cut short',
    source: 'metadata',
  },
  {
    place: 'expansion',
    option: 'count',
    paths: 'expanded licensing collections',
    saves: 'reading a collection again to see whether it is whole',
    source: 'metadata',
  },
];

/** The other end of a navigation. */
export interface Relation {
  readonly type: EntityType;
  readonly many: boolean;
}

const one = (type: EntityType): Relation => ({ type, many: false });
const many = (type: EntityType): Relation => ({ type, many: true });

/**
 * Navigations of the licensing types, and those of users, groups and devices that lead into licensing. The latter lie in
 * a complex property; the design paper answers them by their last name, right on the user.
 */
export const relations: Partial<Record<EntityType, Readonly<Record<string, Relation>>>> = {
  allotment: { assignments: many('assignment'), waitingMembers: many('waitingMember') },
  assignment: { allotment: one('allotment'), assignedTo: one('directoryObject') },
  assignmentError: { assignedTo: one('directoryObject'), usageRight: one('usageRight') },
  usageRight: { allotments: many('allotment'), assignments: many('assignment') },
  waitingMember: { allotment: one('allotment'), assignedTo: one('directoryObject') },
  user: {
    'cloudLicensing/assignments': many('assignment'),
    'cloudLicensing/assignmentErrors': many('assignmentError'),
    'cloudLicensing/usageRights': many('usageRight'),
    'cloudLicensing/waitingMembers': many('waitingMember'),
  },
  group: { 'cloudLicensing/assignments': many('assignment'), 'cloudLicensing/usageRights': many('usageRight') },
  device: {
    'cloudLicensing/assignments': many('assignment'),
    'cloudLicensing/usageRights': many('usageRight'),
    'cloudLicensing/waitingMembers': many('waitingMember'),
  },
};

/** Levels of `$expand` in one another, by the design paper. */
export const expandLevels = 2;
