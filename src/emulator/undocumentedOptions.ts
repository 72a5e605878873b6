/**
 * Options that the metadata makes ordinary OData and that no page of the reference offers at the path: `$top` and `$count`
 * of a list, `$expand` of a relation, and options inside the brackets of an expansion. The metadata carries no capability
 * annotations for licensing, so nobody outside the service can say which of them it takes. Written from the metadata and
 * from the service's pre-release design paper, which shows two levels of `$expand` and refuses a third.
 *
 * On the path itself:
 * - `$top`: usage rights of a user, assignments of a device, waiting members of a user or device; as at sister lists
 * - `$count`: licensing lists; metadata
 * - `$expand`: usage rights of a user, assignments of a device, assignments of allotments, and from users, groups and
 *   devices into licensing, by `relations`; design paper
 * - `$select`: assignments of a device; as at sister lists
 *
 * Inside the brackets of an expansion:
 * - `$select`: every expansion; design paper
 * - `$filter`: the allotment by its SKU; as at the lists of assignments
 * - `$expand`: licensing expansions, by `relations`, one level deep; design paper
 * - `$top`, `$count`: expanded licensing collections; metadata
 *
 * What is not here is refused, whatever the switch says: a third level, for one.
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
