import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { SinglePayload, DeletionPayload, ReprocessPayload, AllotmentPayload, BulkPayload, ItemPayload, SwapPayload, SwapItemPayload, SwapTotal as TotalOfSwap, OutcomeTotal as TotalOfOutcome } from '../resolvers/mutations/payloads.js';
import type { UserError as ErrorOfUser, PlannedCall as CallToCome } from '../writes/WriteResult.js';
import type { GatewayContext } from '../resolvers/GatewayContext.js';
import type { AnswerObject } from '../answer/AnswerObject.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar day by RFC 3339, such as `2025-09-30`. */
  Date: { input: string; output: string; }
  /**
   * A moment in UTC by RFC 3339, such as `2024-11-22T17:11:10.6635939Z`. Every fraction digit that Graph sent is kept; other
   * offsets are converted to `Z`.
   */
  DateTime: { input: string; output: string; }
  /** A GUID in its 36-character form. Upper case is accepted and answered in lower case. */
  UUID: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** What a mail address or sign-in name can be compared with. */
export type AddressFilter = {
  /** Ends with this, such as `@contoso.com`. */
  endsWith?: InputMaybe<Scalars['String']['input']>;
  /** Equal, not regarding case. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Equal to one of these. More than 15 are asked for in several calls. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Not equal. */
  ne?: InputMaybe<Scalars['String']['input']>;
  /** Begins with this. */
  startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** A pool of licences of one SKU that is managed by itself (Graph: cloudLicensing.allotment). */
export type Allotment = Node & {
  __typename?: 'Allotment';
  /** How many licences the pool has. */
  allottedUnits: Scalars['Int']['output'];
  /** To whom licences of the pool can be assigned. */
  assignableTo: Array<AssigneeType>;
  /** Assignments of licences of the pool. */
  assignments?: Maybe<AssignmentConnection>;
  /** How many licences are left: `allottedUnits` less `consumedUnits`. */
  availableUnits: Scalars['Int']['output'];
  /** How many licences are in use. */
  consumedUnits: Scalars['Int']['output'];
  /** Identifier in the service outside Microsoft 365 that the licences belong to, where there is one. */
  externalServiceIdentifier?: Maybe<Scalars['String']['output']>;
  /** Id of the allotment. */
  id: Scalars['ID']['output'];
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** The services of a licence. */
  services?: Maybe<Array<Service>>;
  /** The SKU, with the name that people know. */
  sku?: Maybe<Sku>;
  /** Id of the SKU. */
  skuId?: Maybe<Scalars['UUID']['output']>;
  /** Code of the SKU, such as `SPE_E5`. */
  skuPartNumber?: Maybe<Scalars['String']['output']>;
  /** The subscriptions that the licences were bought with. */
  subscriptions?: Maybe<Array<LicenseSubscription>>;
  /** One wait for a seat; null where none has that id. */
  waitingMember?: Maybe<WaitingMember>;
  /** Who waits for a seat. */
  waitingMembers?: Maybe<WaitingMemberConnection>;
};


/** A pool of licences of one SKU that is managed by itself (Graph: cloudLicensing.allotment). */
export type AllotmentAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A pool of licences of one SKU that is managed by itself (Graph: cloudLicensing.allotment). */
export type AllotmentWaitingMemberArgs = {
  id: Scalars['ID']['input'];
};


/** A pool of licences of one SKU that is managed by itself (Graph: cloudLicensing.allotment). */
export type AllotmentWaitingMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of allotments. */
export type AllotmentConnection = {
  __typename?: 'AllotmentConnection';
  /** The allotments of the page with their cursors. */
  edges: Array<AllotmentEdge>;
  /** The allotments of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<Allotment>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An allotment in a list. */
export type AllotmentEdge = {
  __typename?: 'AllotmentEdge';
  /** Place of the allotment in the list. */
  cursor: Scalars['String']['output'];
  /** The allotment. */
  node?: Maybe<Allotment>;
};

/** Which allotments a list holds. */
export type AllotmentFilter = {
  /** By SKU. */
  skuId?: InputMaybe<UuidFilter>;
};

/** What to assign, and to whom, in bulk. */
export type AssignLicensesInput = {
  /** Id of the allotment that the seats come from. */
  allotmentId: Scalars['ID']['input'];
  /** Object ids of users, groups and devices in any mixture, or sign-in names of users, 1,000 at the most. */
  assigneeIds: Array<Scalars['ID']['input']>;
  /** Service plans that stay off; all others of the allotment are on. */
  disabledServicePlanIds?: InputMaybe<Array<Scalars['UUID']['input']>>;
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The result of `assignLicenses`. */
export type AssignLicensesPayload = {
  __typename?: 'AssignLicensesPayload';
  /** The allotment, with its seats as they are now. */
  allotment?: Maybe<Allotment>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** One for each assignee, in the order given. */
  results: Array<AssignLicensesResult>;
  /** How many assignees came out alike. */
  totals: Array<OutcomeTotal>;
  /** What a person can mend about the input as a whole. */
  userErrors: Array<UserError>;
};

/** The result of `assignLicenses` for one assignee. */
export type AssignLicensesResult = {
  __typename?: 'AssignLicensesResult';
  /** Object id or sign-in name of the assignee, as it was given. */
  assigneeId: Scalars['ID']['output'];
  /** The assignment as Graph has it now; null where there is none, and in a dry run. */
  assignment?: Maybe<Assignment>;
  /** Of a dry run: groups through which the assignee holds the same SKU already; null where that cannot be read. */
  inheritedFrom?: Maybe<Array<Group>>;
  /** Object id of whoever that is, the same for each name of theirs; null where nobody was found. */
  objectId?: Maybe<Scalars['ID']['output']>;
  /** What became of it. */
  outcome: WriteOutcome;
  /** Of a dry run: whether a seat would be taken or waited for; groups take none (their members do), nobody takes a second one. */
  takesSeat?: Maybe<Scalars['Boolean']['output']>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** Who receives an assignment: exactly one of the three. */
export type AssigneeInput = {
  /** Object id of a device. */
  deviceId?: InputMaybe<Scalars['ID']['input']>;
  /** Object id of a group; its members inherit the licence. */
  groupId?: InputMaybe<Scalars['ID']['input']>;
  /** Object id or sign-in name. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** To what a licence can be assigned. */
export type AssigneeType =
  /** A device. */
  | 'DEVICE'
  /** A group, and through it its members. */
  | 'GROUP'
  /** Something that this schema does not know yet. */
  | 'UNKNOWN'
  /** A user. */
  | 'USER';

/** The licence of one allotment given to one user, group or device (Graph: cloudLicensing.assignment). */
export type Assignment = Node & {
  __typename?: 'Assignment';
  /** The pool that the licence is taken from. */
  allotment?: Maybe<Allotment>;
  /** Who has the licence. */
  assignedTo?: Maybe<DirectoryObject>;
  /** Service plans of the licence that are off for this assignee; all others are on. */
  disabledServicePlanIds: Array<Scalars['UUID']['output']>;
  /** Service plans that are off for this assignee, with their names; empty where all are on. Graph has no filter for it. */
  disabledServices?: Maybe<Array<Service>>;
  /** Id of the assignment. */
  id: Scalars['ID']['output'];
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
};

/** A page of assignments. */
export type AssignmentConnection = {
  __typename?: 'AssignmentConnection';
  /** The assignments of the page with their cursors. */
  edges: Array<AssignmentEdge>;
  /** The assignments of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<Assignment>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An assignment in a list. */
export type AssignmentEdge = {
  __typename?: 'AssignmentEdge';
  /** Place of the assignment in the list. */
  cursor: Scalars['String']['output'];
  /** The assignment. */
  node?: Maybe<Assignment>;
};

/**
 * Why a licence did not take effect for somebody. Such errors arise after the assignment was accepted
 * (Graph: cloudLicensing.assignmentError).
 */
export type AssignmentError = Node & {
  __typename?: 'AssignmentError';
  /** Who is affected. */
  assignedTo?: Maybe<DirectoryObject>;
  /** Kind of the error, such as `MissingDependency`; an open set. */
  code: Scalars['String']['output'];
  /** Id of the error. */
  id: Scalars['ID']['output'];
  /** What is wrong, in Graph's words. */
  message: Scalars['String']['output'];
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** When the error last happened. */
  occurrenceDateTime: Scalars['DateTime']['output'];
  /** The SKU that could not be used, with the name that people know. */
  sku?: Maybe<Sku>;
  /** Id of the SKU that could not be used. */
  skuId?: Maybe<Scalars['UUID']['output']>;
  /** An older right that is still in force and is blocked by the error, where there is one. */
  usageRight?: Maybe<UsageRight>;
};

/** A page of assignment errors. */
export type AssignmentErrorConnection = {
  __typename?: 'AssignmentErrorConnection';
  /** The errors of the page with their cursors. */
  edges: Array<AssignmentErrorEdge>;
  /** The errors of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<AssignmentError>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An assignment error in a list. */
export type AssignmentErrorEdge = {
  __typename?: 'AssignmentErrorEdge';
  /** Place of the error in the list. */
  cursor: Scalars['String']['output'];
  /** The error. */
  node?: Maybe<AssignmentError>;
};

/** Which assignment errors a list holds. */
export type AssignmentErrorFilter = {
  /** By SKU. */
  skuId?: InputMaybe<UuidFilter>;
};

/** Which assignments a list holds. */
export type AssignmentFilter = {
  /** By the SKU of the allotment. */
  skuId?: InputMaybe<UuidFilter>;
};

/** What a yes-or-no property can be compared with. */
export type BooleanFilter = {
  /** Equal. */
  eq: Scalars['Boolean']['input'];
};

/** For whom an answer may be kept. */
export type CacheControlScope =
  /** For the one who asked. */
  | 'PRIVATE'
  /** For everybody. */
  | 'PUBLIC';

/** What to assign, and to whom. */
export type CreateAssignmentInput = {
  /** Id of the allotment that the seat comes from. */
  allotmentId: Scalars['ID']['input'];
  /** Who receives it. */
  assignedTo: AssigneeInput;
  /** Service plans that stay off; all others of the allotment are on. */
  disabledServicePlanIds?: InputMaybe<Array<Scalars['UUID']['input']>>;
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The result of `createAssignment`. */
export type CreateAssignmentPayload = {
  __typename?: 'CreateAssignmentPayload';
  /** The assignment as Graph has it now; null where there is none, and in a dry run. */
  assignment?: Maybe<Assignment>;
  /** Of a dry run: groups through which the assignee holds the same SKU already; null where that cannot be read. */
  inheritedFrom?: Maybe<Array<Group>>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** What became of it. */
  outcome: WriteOutcome;
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** What a moment can be compared with. */
export type DateTimeFilter = {
  /** At this moment or later. */
  ge?: InputMaybe<Scalars['DateTime']['input']>;
  /** At this moment or earlier. */
  le?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Which assignment to take away. */
export type DeleteAssignmentInput = {
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the assignment. */
  id: Scalars['ID']['input'];
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The result of `deleteAssignment`. */
export type DeleteAssignmentPayload = {
  __typename?: 'DeleteAssignmentPayload';
  /** The allotment that it was of, with its seats as they are now; null where the assignment could not be read before. */
  allotment?: Maybe<Allotment>;
  /** The assignment where it is still there; null once it is gone. */
  assignment?: Maybe<Assignment>;
  /** Id of the assignment once it is gone; null where it is still there, or nobody can tell, and in a dry run. */
  deletedAssignmentId?: Maybe<Scalars['ID']['output']>;
  /** `nodeId` of the assignment that is gone; null where `deletedAssignmentId` is. */
  deletedNodeId?: Maybe<Scalars['ID']['output']>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** What became of it. */
  outcome: WriteOutcome;
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** A device of the directory; licences can be assigned to it (Graph: device). */
export type Device = DirectoryObject & Node & {
  __typename?: 'Device';
  /** Whether the device may sign in. */
  accountEnabled?: Maybe<Scalars['Boolean']['output']>;
  /** One assignment made to this device; null where none has that id. */
  assignment?: Maybe<Assignment>;
  /** Assignments made to this device. */
  assignments?: Maybe<AssignmentConnection>;
  /** Name that people see. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Object id in the directory, not the `deviceId` that the device itself knows. */
  id: Scalars['ID']['output'];
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** Operating system. */
  operatingSystem?: Maybe<Scalars['String']['output']>;
  /** One usage right of the device; null where the device has none of that id. */
  usageRight?: Maybe<UsageRight>;
  /** What the device may use: one right per SKU. */
  usageRights?: Maybe<UsageRightConnection>;
  /** One wait of the device for a seat; null where none has that id. */
  waitingMember?: Maybe<WaitingMember>;
  /** The allotments where the device waits for a seat. */
  waitingMembers?: Maybe<WaitingMemberConnection>;
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceAssignmentArgs = {
  id: Scalars['ID']['input'];
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceUsageRightArgs = {
  id: Scalars['ID']['input'];
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceUsageRightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UsageRightFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceWaitingMemberArgs = {
  id: Scalars['ID']['input'];
};


/** A device of the directory; licences can be assigned to it (Graph: device). */
export type DeviceWaitingMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of devices. */
export type DeviceConnection = {
  __typename?: 'DeviceConnection';
  /** The devices of the page with their cursors. */
  edges: Array<DeviceEdge>;
  /** The devices of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<Device>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all, as Graph counts; asked for only when selected. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A device in a list. */
export type DeviceEdge = {
  __typename?: 'DeviceEdge';
  /** Place of the device in the list. */
  cursor: Scalars['String']['output'];
  /** The device. */
  node?: Maybe<Device>;
};

/** Which devices a list holds; all that is given has to fit. */
export type DeviceFilter = {
  /** By whether the device may sign in. */
  accountEnabled?: InputMaybe<BooleanFilter>;
  /** By display name. */
  displayName?: InputMaybe<NameFilter>;
  /** By operating system. */
  operatingSystem?: InputMaybe<NameFilter>;
};

/** How a list of devices is sorted. */
export type DeviceOrder = {
  /** Ascending or descending. */
  direction?: InputMaybe<OrderDirection>;
  /** What to sort by. */
  field: DeviceOrderField;
};

/** What devices can be sorted by. */
export type DeviceOrderField =
  /** By display name. */
  | 'DISPLAY_NAME';

/** Whatever can hold a licence or a membership in the directory (Graph: directoryObject). */
export type DirectoryObject = {
  /** Name that people see. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Object id in the directory. */
  id: Scalars['ID']['output'];
};

/** A page of directory objects. */
export type DirectoryObjectConnection = {
  __typename?: 'DirectoryObjectConnection';
  /** The objects of the page with their cursors. */
  edges: Array<DirectoryObjectEdge>;
  /** The objects of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<DirectoryObject>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all, as Graph counts; asked for only when selected. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A directory object in a list. */
export type DirectoryObjectEdge = {
  __typename?: 'DirectoryObjectEdge';
  /** Place of the object in the list. */
  cursor: Scalars['String']['output'];
  /** The object. */
  node?: Maybe<DirectoryObject>;
};

/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type Group = DirectoryObject & Node & {
  __typename?: 'Group';
  /** One assignment made to this group; null where none has that id. */
  assignment?: Maybe<Assignment>;
  /** Assignments made to this group. */
  assignments?: Maybe<AssignmentConnection>;
  /** When the group was made. */
  createdDateTime?: Maybe<Scalars['DateTime']['output']>;
  /** What the group is for. */
  description?: Maybe<Scalars['String']['output']>;
  /** Name that people see. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** `Unified` for a Microsoft 365 group, `DynamicMembership` where a rule fills it. */
  groupTypes?: Maybe<Array<Scalars['String']['output']>>;
  /** Object id in the directory. */
  id: Scalars['ID']['output'];
  /** Mail address. */
  mail?: Maybe<Scalars['String']['output']>;
  /** Whether the group has a mailbox or is a distribution list. */
  mailEnabled?: Maybe<Scalars['Boolean']['output']>;
  /** Direct members. */
  members?: Maybe<DirectoryObjectConnection>;
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** Owners. */
  owners?: Maybe<DirectoryObjectConnection>;
  /** Whether the group can be given access. */
  securityEnabled?: Maybe<Scalars['Boolean']['output']>;
  /** One usage right of the group; null where the group has none of that id. */
  usageRight?: Maybe<UsageRight>;
  /** What every direct member may use through this group. */
  usageRights?: Maybe<UsageRightConnection>;
  /** `Public`, `Private` or `HiddenMembership`. */
  visibility?: Maybe<Scalars['String']['output']>;
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupAssignmentArgs = {
  id: Scalars['ID']['input'];
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupOwnersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupUsageRightArgs = {
  id: Scalars['ID']['input'];
};


/** A group of the directory; its members get the licences that are assigned to it (Graph: group). */
export type GroupUsageRightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UsageRightFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of groups. */
export type GroupConnection = {
  __typename?: 'GroupConnection';
  /** The groups of the page with their cursors. */
  edges: Array<GroupEdge>;
  /** The groups of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<Group>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all, as Graph counts; asked for only when selected. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A group in a list. */
export type GroupEdge = {
  __typename?: 'GroupEdge';
  /** Place of the group in the list. */
  cursor: Scalars['String']['output'];
  /** The group. */
  node?: Maybe<Group>;
};

/** Which groups a list holds; all that is given has to fit. */
export type GroupFilter = {
  /** By display name. */
  displayName?: InputMaybe<NameFilter>;
  /** By a kind that the group has, such as `Unified`. */
  groupTypes?: InputMaybe<HeldTextFilter>;
  /** By whether some member has a licence error. Graph answers only `true`. */
  hasMembersWithLicenseErrors?: InputMaybe<BooleanFilter>;
  /** By mail address. */
  mail?: InputMaybe<AddressFilter>;
  /** By whether the group has a mailbox or is a distribution list. */
  mailEnabled?: InputMaybe<BooleanFilter>;
  /** By whether the group can be given access. */
  securityEnabled?: InputMaybe<BooleanFilter>;
};

/** A page of the groups of which somebody is a member. */
export type GroupMembershipConnection = {
  __typename?: 'GroupMembershipConnection';
  /** The groups of the page with their cursors. */
  edges: Array<GroupEdge>;
  /** The groups of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<Group>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** How a list of groups is sorted. */
export type GroupOrder = {
  /** Ascending or descending. */
  direction?: InputMaybe<OrderDirection>;
  /** What to sort by. */
  field: GroupOrderField;
};

/** What groups can be sorted by. */
export type GroupOrderField =
  /** By display name. */
  | 'DISPLAY_NAME';

/** A text that has to be among those of an item. */
export type HeldTextFilter = {
  /** The item holds this one. */
  eq: Scalars['String']['input'];
};

/** A GUID that has to be among those of an item. */
export type HeldUuidFilter = {
  /** The item holds this one. */
  eq: Scalars['UUID']['input'];
};

/** What a text with few possible values can be compared with. */
export type KeywordFilter = {
  /** Equal, not regarding case. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Equal to one of these. More than 15 are asked for in several calls. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it is not filled in. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not equal. */
  ne?: InputMaybe<Scalars['String']['input']>;
};

/** Counts for one kind of licence (Graph: licenseInfoDetail). */
export type LicenseInfoDetail = {
  __typename?: 'LicenseInfoDetail';
  /** Kind of licence. */
  licenseType?: Maybe<LicenseType>;
  /** How many licences were assigned. */
  totalAssignedCount?: Maybe<Scalars['Int']['output']>;
  /** How many licences were bought. */
  totalLicenseCount?: Maybe<Scalars['Int']['output']>;
  /** How many licences were used. */
  totalUsageCount?: Maybe<Scalars['Int']['output']>;
};

/** Counts for one kind of licence. */
export type LicenseInfoDetailInput = {
  /** Kind of licence. */
  licenseType: LicenseType;
  /** How many licences were assigned. */
  totalAssignedCount: Scalars['Int']['input'];
  /** How many licences were bought. */
  totalLicenseCount: Scalars['Int']['input'];
  /** How many licences were used. */
  totalUsageCount: Scalars['Int']['input'];
};

/**
 * A subscription that backs an allotment (Graph: cloudLicensing.subscription). Not called `Subscription`: clients and routers
 * take a type of that name for the root of subscription operations.
 */
export type LicenseSubscription = {
  __typename?: 'LicenseSubscription';
  /** Day on which it renews or changes its state. */
  nextLifecycleDate: Scalars['Date']['output'];
  /** First day. */
  startDate: Scalars['Date']['output'];
  /** State in its life cycle. */
  state: SubscriptionState;
  /** Id of the subscription. */
  subscriptionId: Scalars['String']['output'];
  /** What is special about it; empty where nothing is. */
  tags: Array<SubscriptionTag>;
};

/** Kind of an Azure AD licence. */
export type LicenseType =
  /** Basic. */
  | 'BASIC'
  /** Free. */
  | 'FREE'
  /** No licence. */
  | 'NONE'
  /** Premium P1. */
  | 'PREMIUM_P1'
  /** Premium P2. */
  | 'PREMIUM_P2'
  /** A kind that this schema does not know yet. */
  | 'UNKNOWN';

/** A snapshot of how many licences were bought, assigned and used (Graph: azureADLicenseUsage). */
export type LicenseUsage = Node & {
  __typename?: 'LicenseUsage';
  /** Id of the snapshot. */
  id: Scalars['ID']['output'];
  /** One row per kind of licence. */
  licenseInfoDetails?: Maybe<Array<LicenseInfoDetail>>;
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** When the snapshot was taken. */
  snapshotDateTime: Scalars['DateTime']['output'];
};

/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /** Assigns an allotment to up to 1,000 users, groups and devices, 20 to a request; one result for each, in the order given. */
  assignLicenses?: Maybe<AssignLicensesPayload>;
  /** Assigns an allotment to a user, a group or a device. Asking for what is there already changes nothing. */
  createAssignment?: Maybe<CreateAssignmentPayload>;
  /** Takes an assignment away. */
  deleteAssignment?: Maybe<DeleteAssignmentPayload>;
  /** Takes up to 1,000 assignments away, 20 to a request; one result for each, in the order given. */
  removeAssignments?: Maybe<RemoveAssignmentsPayload>;
  /**
   * Takes an allotment away from up to 1,000 users, groups and devices, 20 to a request; one result for each, in the order given.
   * What they have through a group stays.
   */
  removeLicenses?: Maybe<RemoveLicensesPayload>;
  /** Has Graph work out again what a user may use; with `userIds`, for up to 1,000 users. */
  reprocessAssignments?: Maybe<ReprocessAssignmentsPayload>;
  /**
   * Gives up to 1,000 users, groups and devices one allotment in the place of another: the new one first, then the old one is
   * taken away. Nobody is left without either: where the new one cannot be assigned, or waits for a seat, the old one stays; so
   * does that of a group some of whose members wait.
   */
  swapLicenses?: Maybe<SwapLicensesPayload>;
  /** Sets which service plans of an assignment are off; those that are not listed are on. */
  updateAssignment?: Maybe<UpdateAssignmentPayload>;
  /** Corrects a row of the usage report. Graph documents no path for it: the gateway's variable `LICENSE_USAGE_PATH` says which. */
  updateLicenseUsage?: Maybe<UpdateLicenseUsagePayload>;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationAssignLicensesArgs = {
  input: AssignLicensesInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationCreateAssignmentArgs = {
  input: CreateAssignmentInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationDeleteAssignmentArgs = {
  input: DeleteAssignmentInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationRemoveAssignmentsArgs = {
  input: RemoveAssignmentsInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationRemoveLicensesArgs = {
  input: RemoveLicensesInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationReprocessAssignmentsArgs = {
  input: ReprocessAssignmentsInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationSwapLicensesArgs = {
  input: SwapLicensesInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationUpdateAssignmentArgs = {
  input: UpdateAssignmentInput;
};


/**
 * Changes. The fields of one document run one after the other, in order. Where Graph's answer is lost, the gateway reads
 * what is there and reports that. It sends a change again only if reading has shown everything as it was before: a creation
 * where Graph has turned it away (429, 503), all others also where the answer was lost, since making them twice does no harm.
 * `reprocessAssignments`, which leaves nothing to be read, is sent again where Graph has turned it away, and in no other case.
 */
export type MutationUpdateLicenseUsageArgs = {
  input: UpdateLicenseUsageInput;
};

/** What a text that is always filled in, or of which Graph cannot say whether it is, can be compared with. */
export type NameFilter = {
  /** Equal, not regarding case. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Equal to one of these. More than 15 are asked for in several calls. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Not equal. */
  ne?: InputMaybe<Scalars['String']['input']>;
  /** Begins with this. */
  startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** An object with an id that is unique over all types, by which it is found again (Relay: Global Object Identification). */
export type Node = {
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
};

/** Which way a list is sorted. */
export type OrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** How many items came out alike. */
export type OutcomeTotal = {
  __typename?: 'OutcomeTotal';
  /** How many items have it. */
  count: Scalars['Int']['output'];
  /** The outcome. */
  outcome: WriteOutcome;
};

/** Where a page stands in its whole list (Relay: Cursor Connections). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; hand it to `after` for the next page. Null where the page is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more items follow this page. True also where Graph promises a further page that may turn out to be empty. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether `after` was given, so that items stand before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item, null where the page is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A call of Graph that would be made. */
export type PlannedCall = {
  __typename?: 'PlannedCall';
  /** JSON that is sent; null where nothing is. */
  body?: Maybe<Scalars['String']['output']>;
  /** HTTP method. */
  method: Scalars['String']['output'];
  /** Path under the service root. */
  path: Scalars['String']['output'];
};

/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type Query = {
  __typename?: 'Query';
  /** An allotment by id. */
  allotment?: Maybe<Allotment>;
  /** The allotments of the organization. */
  allotments?: Maybe<AllotmentConnection>;
  /** An assignment by id. */
  assignment?: Maybe<Assignment>;
  /** An assignment error by id. */
  assignmentError?: Maybe<AssignmentError>;
  /** The assignment errors of the organization. */
  assignmentErrors?: Maybe<AssignmentErrorConnection>;
  /** The assignments of the organization, to users, groups and devices. */
  assignments?: Maybe<AssignmentConnection>;
  /** A device by object id. */
  device?: Maybe<Device>;
  /** Devices of the directory. */
  devices?: Maybe<DeviceConnection>;
  /** A group by object id. */
  group?: Maybe<Group>;
  /** Groups of the directory. */
  groups?: Maybe<GroupConnection>;
  /** Groups by object id, in the order asked for; null for each that is unknown. */
  groupsByIds?: Maybe<Array<Maybe<Group>>>;
  /** The license usage report. */
  licenseUsage?: Maybe<Array<Maybe<LicenseUsage>>>;
  /** The signed-in user; needs a caller's token. */
  me?: Maybe<User>;
  /** Any object by its `nodeId`; null where there is none. */
  node?: Maybe<Node>;
  /** Objects by their `nodeId`, in the order asked for; null for each that does not exist. 1,000 at the most. */
  nodes?: Maybe<Array<Maybe<Node>>>;
  /** A SKU that the organization has allotments of. */
  sku?: Maybe<Sku>;
  /** All SKUs that the organization has allotments of. */
  skus?: Maybe<Array<Maybe<Sku>>>;
  /** A user by object id or sign-in name. */
  user?: Maybe<User>;
  /** Users of the directory. */
  users?: Maybe<UserConnection>;
  /** Users by object id, in the order asked for; null for each that is unknown. */
  usersByIds?: Maybe<Array<Maybe<User>>>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAllotmentArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAllotmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AllotmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAssignmentArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAssignmentErrorArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAssignmentErrorsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentErrorFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryDeviceArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryDevicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeviceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<DeviceOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryGroupArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<GroupFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<GroupOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryGroupsByIdsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryLicenseUsageArgs = {
  period: Scalars['String']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryNodeArgs = {
  nodeId: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryNodesArgs = {
  nodeIds: Array<Scalars['ID']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QuerySkuArgs = {
  skuId: Scalars['UUID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that can be read. A field whose id is unknown to Graph answers null without an error. */
export type QueryUsersByIdsArgs = {
  ids: Array<Scalars['ID']['input']>;
};

/** Which assignments to take away. */
export type RemoveAssignmentsInput = {
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Ids of assignments, 1,000 at the most. */
  ids: Array<Scalars['ID']['input']>;
};

/** The result of `removeAssignments`. */
export type RemoveAssignmentsPayload = {
  __typename?: 'RemoveAssignmentsPayload';
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** One for each assignment, in the order given. */
  results: Array<RemoveAssignmentsResult>;
  /** How many assignments came out alike. */
  totals: Array<OutcomeTotal>;
  /** What a person can mend about the input as a whole. */
  userErrors: Array<UserError>;
};

/** The result of `removeAssignments` for one assignment. */
export type RemoveAssignmentsResult = {
  __typename?: 'RemoveAssignmentsResult';
  /** Id of the assignment once it is gone, as queries write it; null where it is still there, or nobody can tell, and in a dry run. */
  deletedAssignmentId?: Maybe<Scalars['ID']['output']>;
  /** `nodeId` of the assignment that is gone; null where `deletedAssignmentId` is. */
  deletedNodeId?: Maybe<Scalars['ID']['output']>;
  /** Id of the assignment, as it was given. */
  id: Scalars['ID']['output'];
  /** What became of it. */
  outcome: WriteOutcome;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** What to take away, and from whom. */
export type RemoveLicensesInput = {
  /** Id of the allotment that is assigned now. */
  allotmentId: Scalars['ID']['input'];
  /** Object ids of users, groups and devices in any mixture, or sign-in names of users, 1,000 at the most. */
  assigneeIds: Array<Scalars['ID']['input']>;
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The result of `removeLicenses`. */
export type RemoveLicensesPayload = {
  __typename?: 'RemoveLicensesPayload';
  /** The allotment, with its seats as they are now. */
  allotment?: Maybe<Allotment>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** One for each assignee, in the order given. */
  results: Array<RemoveLicensesResult>;
  /** How many assignees came out alike. */
  totals: Array<OutcomeTotal>;
  /** What a person can mend about the input as a whole. */
  userErrors: Array<UserError>;
};

/** The result of `removeLicenses` for one assignee. */
export type RemoveLicensesResult = {
  __typename?: 'RemoveLicensesResult';
  /** Object id or sign-in name of the assignee, as it was given. */
  assigneeId: Scalars['ID']['output'];
  /** Id of the assignment that is gone; null where there was none, or nobody can tell, and in a dry run. */
  deletedAssignmentId?: Maybe<Scalars['ID']['output']>;
  /** `nodeId` of the assignment that is gone; null where `deletedAssignmentId` is. */
  deletedNodeId?: Maybe<Scalars['ID']['output']>;
  /** Of a dry run: groups through which the assignee keeps the same SKU; null where that cannot be read. */
  inheritedFrom?: Maybe<Array<Group>>;
  /** Object id of whoever that is, the same for each name of theirs; null where nobody was found. */
  objectId?: Maybe<Scalars['ID']['output']>;
  /** What became of it: of who has no assignment of the allotment of their own, `ALREADY_GONE`. */
  outcome: WriteOutcome;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** For whom to work out the rights again: exactly one of the two. */
export type ReprocessAssignmentsInput = {
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Object id or sign-in name. */
  userId?: InputMaybe<Scalars['ID']['input']>;
  /** Object ids or sign-in names, 1,000 at the most. */
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** The result of `reprocessAssignments`. */
export type ReprocessAssignmentsPayload = {
  __typename?: 'ReprocessAssignmentsPayload';
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** What became of it; with several users, the outcome that all of them share, else the least certain one. */
  outcome: WriteOutcome;
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** One for each user, in the order given. */
  results: Array<ReprocessAssignmentsResult>;
  /** How many users came out alike. */
  totals: Array<OutcomeTotal>;
  /** The user, where one was named. */
  user?: Maybe<User>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** The result of `reprocessAssignments` for one user. */
export type ReprocessAssignmentsResult = {
  __typename?: 'ReprocessAssignmentsResult';
  /** What became of it. */
  outcome: WriteOutcome;
  /** What a person can mend. */
  userErrors: Array<UserError>;
  /** Object id or sign-in name of the user, as it was given. */
  userId: Scalars['ID']['output'];
};

/** Through what somebody has a right. */
export type RightOrigin =
  /** Both: twice the same. */
  | 'BOTH'
  /** An assignment to whoever has the right. */
  | 'DIRECT'
  /** Assignments to groups. */
  | 'INHERITED';

/** A service plan of a licence, such as Exchange Online (Graph: cloudLicensing.service). */
export type Service = {
  __typename?: 'Service';
  /** To whom the plan can be assigned by itself; empty if to nobody. */
  assignableTo: Array<AssigneeType>;
  /** Name of the service plan that people know; its code where no name is known. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Id of the service plan. */
  planId: Scalars['UUID']['output'];
  /** Code of the service plan, such as `EXCHANGE_S_ENTERPRISE`. */
  planName?: Maybe<Scalars['String']['output']>;
};

/** A product that is licensed, over all allotments of it. Its seats come from one call for all SKUs. */
export type Sku = Node & {
  __typename?: 'Sku';
  /** The allotments of the SKU. */
  allotments?: Maybe<AllotmentConnection>;
  /** How many licences there are in all allotments. */
  allottedUnits?: Maybe<Scalars['Int']['output']>;
  /** How many licences are left: `allottedUnits` less `consumedUnits`. */
  availableUnits?: Maybe<Scalars['Int']['output']>;
  /** How many licences are in use. */
  consumedUnits?: Maybe<Scalars['Int']['output']>;
  /**
   * Other SKUs of the organization that hold all services of this one, so that who has one of them has no need of it.
   * Computed over the list of all allotments; two SKUs with the same services are in each other. Empty where none is known.
   */
  containedIn?: Maybe<Array<Sku>>;
  /** Name of the product that people know; its code where no name is known. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Id of the SKU, the same as `skuId`. */
  id: Scalars['ID']['output'];
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** The services of a licence, over all allotments of the SKU. */
  services?: Maybe<Array<Service>>;
  /** Id of the SKU, by which other subgraphs and `Query.sku` name it. */
  skuId: Scalars['UUID']['output'];
  /** Code of the SKU, such as `SPE_E5`. */
  skuPartNumber?: Maybe<Scalars['String']['output']>;
};


/** A product that is licensed, over all allotments of it. Its seats come from one call for all SKUs. */
export type SkuAllotmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** State of a subscription. */
export type SubscriptionState =
  /** Paid and usable. */
  | 'ACTIVE'
  /** Deleted. */
  | 'DELETED'
  /** Locked. */
  | 'LOCKED_OUT'
  /** No longer usable, data kept. */
  | 'SUSPENDED'
  /** A state that this schema does not know yet. */
  | 'UNKNOWN'
  /** Past its end, still usable. */
  | 'WARNING';

/** What is special about a subscription. */
export type SubscriptionTag =
  /** A trial. */
  | 'TRIAL'
  /** Something that this schema does not know yet. */
  | 'UNKNOWN';

/** What to swap, and for whom. */
export type SwapLicensesInput = {
  /** Object ids of users, groups and devices in any mixture, or sign-in names of users, 1,000 at the most. */
  assigneeIds: Array<Scalars['ID']['input']>;
  /** Service plans of the new one that stay off; all others are on. */
  disabledServicePlanIds?: InputMaybe<Array<Scalars['UUID']['input']>>;
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the allotment that is assigned now. */
  fromAllotmentId: Scalars['ID']['input'];
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Id of the allotment that is to be assigned in its place. */
  toAllotmentId: Scalars['ID']['input'];
};

/** The result of `swapLicenses`. */
export type SwapLicensesPayload = {
  __typename?: 'SwapLicensesPayload';
  /** The allotment that was to be taken away, with its seats as they are now. */
  fromAllotment?: Maybe<Allotment>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** One for each assignee, in the order given. */
  results: Array<SwapLicensesResult>;
  /** The allotment that was to take its place, with its seats as they are now. */
  toAllotment?: Maybe<Allotment>;
  /** How many assignees came out alike. */
  totals: Array<SwapTotal>;
  /** What a person can mend about the input as a whole. */
  userErrors: Array<UserError>;
};

/** The result of `swapLicenses` for one assignee. */
export type SwapLicensesResult = {
  __typename?: 'SwapLicensesResult';
  /** Object id or sign-in name of the assignee, as it was given. */
  assigneeId: Scalars['ID']['output'];
  /** The new assignment as Graph has it now; null where there is none, and in a dry run. */
  assignment?: Maybe<Assignment>;
  /** Id of the old assignment once it is gone; null where there was none, or nobody can tell, and in a dry run. */
  deletedAssignmentId?: Maybe<Scalars['ID']['output']>;
  /** `nodeId` of the assignment that is gone; null where `deletedAssignmentId` is. */
  deletedNodeId?: Maybe<Scalars['ID']['output']>;
  /** Of a dry run: groups through which the assignee holds the new SKU already; null where that cannot be read. */
  inheritedFrom?: Maybe<Array<Group>>;
  /** Object id of whoever that is, the same for each name of theirs; null where nobody was found. */
  objectId?: Maybe<Scalars['ID']['output']>;
  /** What became of it. */
  outcome: SwapOutcome;
  /** Of a dry run: whether a seat of the new allotment would be taken; groups take none, and nobody takes a second one. */
  takesSeat?: Maybe<Scalars['Boolean']['output']>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** What became of a swap for one assignee, or, in a dry run, what would. */
export type SwapOutcome =
  /** The new one was there and the old one was not; nothing was written. */
  | 'ALREADY_SWAPPED'
  /**
   * Both are there: the new one, or a member of the group, waits for a seat, or may wait, or the old one could not be taken
   * away. `userErrors` says which; asking again goes on from there.
   */
  | 'BOTH'
  /** The new one was refused, so the old one was left; nothing has changed. `userErrors` says why. */
  | 'KEPT_OLD'
  /** It was refused; nothing has changed. `userErrors` says why. */
  | 'REJECTED'
  /**
   * The new one was assigned and holds its seat, or did so before; then the old one was taken away. With `NO_SEATS_LEFT` or
   * `SEAT_UNKNOWN` in `userErrors` the new one waits, or may wait: somebody else took the old one away meanwhile.
   */
  | 'SWAPPED'
  /** A step was sent, its answer was lost, and reading back did not settle it. At least one of the two is there. */
  | 'UNKNOWN';

/** How many assignees came out alike. */
export type SwapTotal = {
  __typename?: 'SwapTotal';
  /** How many assignees have it. */
  count: Scalars['Int']['output'];
  /** The outcome. */
  outcome: SwapOutcome;
};

/**
 * What a text can be compared with: the comparisons that Graph answers. A comparison with null is refused; `isNull` asks for
 * what is not filled in.
 */
export type TextFilter = {
  /** Equal, not regarding case. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Equal to one of these. More than 15 are asked for in several calls. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it is not filled in. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not equal. */
  ne?: InputMaybe<Scalars['String']['input']>;
  /** Begins with this. */
  startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** What a GUID can be compared with. */
export type UuidFilter = {
  /** Equal. */
  eq?: InputMaybe<Scalars['UUID']['input']>;
  /** Equal to one of these. More than 15 are asked for in several calls. */
  in?: InputMaybe<Array<Scalars['UUID']['input']>>;
};

/** A directory object of a type that this schema does not model, such as a contact or a service principal. */
export type UnknownDirectoryObject = DirectoryObject & {
  __typename?: 'UnknownDirectoryObject';
  /** Name that people see, where the object has one. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Object id in the directory. */
  id: Scalars['ID']['output'];
  /** Graph's name of the type, such as `microsoft.graph.orgContact`; null where Graph named none. */
  odataType?: Maybe<Scalars['String']['output']>;
};

/** Which assignment to change, and how. */
export type UpdateAssignmentInput = {
  /** Service plans that are off from now on; all others of the allotment are on. */
  disabledServicePlanIds: Array<Scalars['UUID']['input']>;
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the assignment. */
  id: Scalars['ID']['input'];
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

/** The result of `updateAssignment`. */
export type UpdateAssignmentPayload = {
  __typename?: 'UpdateAssignmentPayload';
  /** The assignment as Graph has it now; null where there is none. */
  assignment?: Maybe<Assignment>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** What became of it. */
  outcome: WriteOutcome;
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/** Which row of the usage report to change, and how. */
export type UpdateLicenseUsageInput = {
  /** Checks everything that reading can tell and writes nothing. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the row. */
  id: Scalars['ID']['input'];
  /** Text of your choice, up to 200 characters: asking again with the same one gives the first result and writes nothing. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The counts, all of them. */
  licenseInfoDetails?: InputMaybe<Array<LicenseInfoDetailInput>>;
  /** When the snapshot was taken. */
  snapshotDateTime?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The result of `updateLicenseUsage`. */
export type UpdateLicenseUsagePayload = {
  __typename?: 'UpdateLicenseUsagePayload';
  /** The row as Graph has it now; null where there is none. */
  licenseUsage?: Maybe<LicenseUsage>;
  /** Names this attempt in the gateway's log. */
  operationId: Scalars['ID']['output'];
  /** What became of it. */
  outcome: WriteOutcome;
  /** Of a dry run: the calls that would be made. */
  plannedCalls?: Maybe<Array<PlannedCall>>;
  /** What a person can mend. */
  userErrors: Array<UserError>;
};

/**
 * What one user, group or device may use of one SKU, as the union of its direct and inherited assignments
 * (Graph: cloudLicensing.usageRight).
 */
export type UsageRight = Node & {
  __typename?: 'UsageRight';
  /** The allotments that the right draws on. */
  allotments?: Maybe<Array<Maybe<Allotment>>>;
  /** The assignments that the right follows from, inherited ones included. */
  assignments?: Maybe<AssignmentConnection>;
  /** Identifier in the service outside Microsoft 365 that the right belongs to, where there is one. */
  externalServiceIdentifier?: Maybe<Scalars['String']['output']>;
  /** Id that is valid everywhere: it names the owner and the right. Opaque. */
  id: Scalars['ID']['output'];
  /** Groups through which the assignee has the SKU, off all assignments of the right; empty where it is direct alone. */
  inheritedFrom?: Maybe<Array<Group>>;
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** Whether the assignee has the SKU directly, through groups, or twice; read off all assignments of the right. */
  origin?: Maybe<RightOrigin>;
  /** Who has the right. */
  owner?: Maybe<DirectoryObject>;
  /** The services that are on. */
  services?: Maybe<Array<Service>>;
  /** The SKU, with the name that people know. */
  sku?: Maybe<Sku>;
  /** Id of the SKU. */
  skuId?: Maybe<Scalars['UUID']['output']>;
  /** Code of the SKU, such as `SPE_E5`. */
  skuPartNumber?: Maybe<Scalars['String']['output']>;
  /** Graph's own id of the right, which says nothing without its owner. */
  usageRightId: Scalars['ID']['output'];
};


/**
 * What one user, group or device may use of one SKU, as the union of its direct and inherited assignments
 * (Graph: cloudLicensing.usageRight).
 */
export type UsageRightAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of usage rights. */
export type UsageRightConnection = {
  __typename?: 'UsageRightConnection';
  /** The usage rights of the page with their cursors. */
  edges: Array<UsageRightEdge>;
  /** The usage rights of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<UsageRight>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A usage right in a list. */
export type UsageRightEdge = {
  __typename?: 'UsageRightEdge';
  /** Place of the usage right in the list. */
  cursor: Scalars['String']['output'];
  /** The usage right. */
  node?: Maybe<UsageRight>;
};

/** Which usage rights a list holds; all that is given has to fit. */
export type UsageRightFilter = {
  /** By a service plan that is among the services of the right. */
  servicePlanId?: InputMaybe<UuidFilter>;
  /** By SKU. */
  skuId?: InputMaybe<UuidFilter>;
};

/** A person's account in the directory (Graph: user). */
export type User = DirectoryObject & Node & {
  __typename?: 'User';
  /** Whether the account may sign in. */
  accountEnabled?: Maybe<Scalars['Boolean']['output']>;
  /** One direct assignment of the user; null where the user has none of that id. */
  assignment?: Maybe<Assignment>;
  /** One assignment error of the user; null where none has that id. */
  assignmentError?: Maybe<AssignmentError>;
  /** What stands in the way of the user's licences now. */
  assignmentErrors?: Maybe<AssignmentErrorConnection>;
  /** Direct assignments only; licences through groups show in `usageRights`. */
  assignments?: Maybe<AssignmentConnection>;
  /** Company. */
  companyName?: Maybe<Scalars['String']['output']>;
  /** Country of the address. */
  country?: Maybe<Scalars['String']['output']>;
  /** When the account was made. */
  createdDateTime?: Maybe<Scalars['DateTime']['output']>;
  /** Department. */
  department?: Maybe<Scalars['String']['output']>;
  /** Name that people see. */
  displayName?: Maybe<Scalars['String']['output']>;
  /** Given name. */
  givenName?: Maybe<Scalars['String']['output']>;
  /** Object id in the directory. */
  id: Scalars['ID']['output'];
  /** Job title. */
  jobTitle?: Maybe<Scalars['String']['output']>;
  /** Primary mail address. */
  mail?: Maybe<Scalars['String']['output']>;
  /** The user's manager; null where there is none, or one that is no user: it may be a contact. */
  manager?: Maybe<User>;
  /** Groups of which the user is a direct member. */
  memberOf?: Maybe<GroupMembershipConnection>;
  /** Id that is unique over all types. Opaque. */
  nodeId: Scalars['ID']['output'];
  /** Surname. */
  surname?: Maybe<Scalars['String']['output']>;
  /** Country where the licences are used, by its two letters, such as `DE`; Graph needs it before it assigns any. */
  usageLocation?: Maybe<Scalars['String']['output']>;
  /** One usage right of the user; null where the user has none of that id. */
  usageRight?: Maybe<UsageRight>;
  /** What the user may use: one right per SKU, from direct assignments and from groups. */
  usageRights?: Maybe<UsageRightConnection>;
  /** Sign-in name, such as `adele@contoso.com`. */
  userPrincipalName?: Maybe<Scalars['String']['output']>;
  /** `Member` or `Guest`. */
  userType?: Maybe<Scalars['String']['output']>;
  /** One wait of the user for a seat; null where none has that id. */
  waitingMember?: Maybe<WaitingMember>;
  /** The allotments where the user waits for a seat. */
  waitingMembers?: Maybe<WaitingMemberConnection>;
};


/** A person's account in the directory (Graph: user). */
export type UserAssignmentArgs = {
  id: Scalars['ID']['input'];
};


/** A person's account in the directory (Graph: user). */
export type UserAssignmentErrorArgs = {
  id: Scalars['ID']['input'];
};


/** A person's account in the directory (Graph: user). */
export type UserAssignmentErrorsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentErrorFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person's account in the directory (Graph: user). */
export type UserAssignmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssignmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person's account in the directory (Graph: user). */
export type UserMemberOfArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person's account in the directory (Graph: user). */
export type UserUsageRightArgs = {
  id: Scalars['ID']['input'];
};


/** A person's account in the directory (Graph: user). */
export type UserUsageRightsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UsageRightFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person's account in the directory (Graph: user). */
export type UserWaitingMemberArgs = {
  id: Scalars['ID']['input'];
};


/** A person's account in the directory (Graph: user). */
export type UserWaitingMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The users of the page with their cursors. */
  edges: Array<UserEdge>;
  /** The users of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<User>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in all, as Graph counts; asked for only when selected. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A user in a list. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Place of the user in the list. */
  cursor: Scalars['String']['output'];
  /** The user. */
  node?: Maybe<User>;
};

/** Something about the input that a person can mend. */
export type UserError = {
  __typename?: 'UserError';
  /** For programs. */
  code: UserErrorCode;
  /** Path to the input that is meant, such as `input`, `assignedTo`, `userId`; null where no particular one is meant. */
  field?: Maybe<Array<Scalars['String']['output']>>;
  /** For people. */
  message: Scalars['String']['output'];
};

/** Why a change was not made as asked, for somebody who can mend it. */
export type UserErrorCode =
  /** Somebody else changed the same thing at the same time; ask again. */
  | 'CONFLICT'
  /** It is assigned already, with other service plans off: use `updateAssignment`. */
  | 'DIFFERENT_SERVICE_PLANS'
  /** Two service plans exclude each other, of this assignment or of others of the assignee: one of them has to be off. */
  | 'EXCLUSIVE_SERVICE_PLANS'
  /** The caller lacks the right. */
  | 'FORBIDDEN'
  /** Graph refused the input. */
  | 'INVALID'
  /** The allotment does not take this kind of object. */
  | 'NOT_ASSIGNABLE'
  /** There is no such object. */
  | 'NOT_FOUND'
  /** No seat is free; of a group, there are not seats enough for all of its members. */
  | 'NO_SEATS_LEFT'
  /** Nobody can tell yet whether the change was made. */
  | 'OUTCOME_UNKNOWN'
  /** It is assigned, but the waiting list, or who is in the group, cannot be read: it may wait for a free seat. */
  | 'SEAT_UNKNOWN'
  /** Graph asked to slow down for longer than the request may take; nothing was written. */
  | 'THROTTLED'
  /** Graph could not be reached; nothing was written. */
  | 'UNAVAILABLE'
  /** A service plan does not belong to the allotment. */
  | 'UNKNOWN_SERVICE_PLAN'
  /** The user has no `usageLocation`, which Graph needs before it assigns anything. */
  | 'USAGE_LOCATION_MISSING';

/** Which users a list holds; all that is given has to fit. */
export type UserFilter = {
  /** By whether the account may sign in. */
  accountEnabled?: InputMaybe<BooleanFilter>;
  /** Users to whom this SKU is assigned. */
  assignedSkuId?: InputMaybe<HeldUuidFilter>;
  /** By company. */
  companyName?: InputMaybe<TextFilter>;
  /** By when the account was made. */
  createdDateTime?: InputMaybe<DateTimeFilter>;
  /** By department. */
  department?: InputMaybe<TextFilter>;
  /** By display name. */
  displayName?: InputMaybe<TextFilter>;
  /** By given name. */
  givenName?: InputMaybe<TextFilter>;
  /** By whether any licence is assigned, directly or through a group. */
  hasLicense?: InputMaybe<BooleanFilter>;
  /** By job title. */
  jobTitle?: InputMaybe<TextFilter>;
  /** By mail address. */
  mail?: InputMaybe<AddressFilter>;
  /** By surname. */
  surname?: InputMaybe<TextFilter>;
  /** By usage location, such as `DE`. */
  usageLocation?: InputMaybe<NameFilter>;
  /** By sign-in name. */
  userPrincipalName?: InputMaybe<AddressFilter>;
  /** By `Member` or `Guest`. */
  userType?: InputMaybe<KeywordFilter>;
};

/** How a list of users is sorted. */
export type UserOrder = {
  /** Ascending or descending. */
  direction?: InputMaybe<OrderDirection>;
  /** What to sort by. */
  field: UserOrderField;
};

/** What users can be sorted by. */
export type UserOrderField =
  /** By display name. */
  | 'DISPLAY_NAME'
  /** By sign-in name. */
  | 'USER_PRINCIPAL_NAME';

/** A user or device that waits for a seat of a full allotment (Graph: cloudLicensing.waitingMember). */
export type WaitingMember = {
  __typename?: 'WaitingMember';
  /** The full allotment. */
  allotment?: Maybe<Allotment>;
  /** Who waits. */
  assignedTo?: Maybe<DirectoryObject>;
  /** Id of the waiting member, which is not that of the user or device. */
  id: Scalars['ID']['output'];
  /** Since when it waits. */
  waitingSinceDateTime: Scalars['DateTime']['output'];
};

/** A page of waiting members. */
export type WaitingMemberConnection = {
  __typename?: 'WaitingMemberConnection';
  /** The waiting members of the page with their cursors. */
  edges: Array<WaitingMemberEdge>;
  /** The waiting members of the page. Null stands for one that came without what Graph documents; `errors` says what. */
  nodes: Array<Maybe<WaitingMember>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A waiting member in a list. */
export type WaitingMemberEdge = {
  __typename?: 'WaitingMemberEdge';
  /** Place of the waiting member in the list. */
  cursor: Scalars['String']['output'];
  /** The waiting member. */
  node?: Maybe<WaitingMember>;
};

/** What became of a change, or, in a dry run, what would. */
export type WriteOutcome =
  /** It was there already; nothing was written. Also where it is there and nobody can tell since when. */
  | 'ALREADY_EXISTS'
  /** It was gone already. Also where it is gone and nobody can tell since when. */
  | 'ALREADY_GONE'
  /**
   * It was not there before, and is there now. It holds its seat, unless `userErrors` has `SEAT_UNKNOWN`; of a group, none of its
   * members waits, unless it has that or `NO_SEATS_LEFT`.
   */
  | 'CREATED'
  /** It was there before, and is gone. */
  | 'DELETED'
  /** It was created, and waits for a free seat. */
  | 'QUEUED'
  /** It was refused; nothing has changed. `userErrors` says why. */
  | 'REJECTED'
  /** It was sent, its answer was lost, and reading back did not settle it. `userErrors` says what to do. */
  | 'UNKNOWN'
  /** It is as the input says. */
  | 'UPDATED';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Allotment: Allotment;
  Assignment: Assignment;
  AssignmentError: AssignmentError;
  Device: Device;
  Group: Group;
  LicenseUsage: LicenseUsage;
  Sku: Sku;
  UsageRight: UsageRight;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Allotment:
    ( { __typename: 'Allotment' }
    & GraphQLRecursivePick<FederationTypes['Allotment'], {"id":true}> );
  Assignment:
    ( { __typename: 'Assignment' }
    & GraphQLRecursivePick<FederationTypes['Assignment'], {"id":true}> );
  AssignmentError:
    ( { __typename: 'AssignmentError' }
    & GraphQLRecursivePick<FederationTypes['AssignmentError'], {"id":true}> );
  Device:
    ( { __typename: 'Device' }
    & GraphQLRecursivePick<FederationTypes['Device'], {"id":true}> );
  Group:
    ( { __typename: 'Group' }
    & GraphQLRecursivePick<FederationTypes['Group'], {"id":true}> );
  LicenseUsage:
    ( { __typename: 'LicenseUsage' }
    & GraphQLRecursivePick<FederationTypes['LicenseUsage'], {"id":true}> );
  Sku:
    ( { __typename: 'Sku' }
    & GraphQLRecursivePick<FederationTypes['Sku'], {"skuId":true}> );
  UsageRight:
    ( { __typename: 'UsageRight' }
    & GraphQLRecursivePick<FederationTypes['UsageRight'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddressFilter: ResolverTypeWrapper<AnswerObject>;
  String: ResolverTypeWrapper<AnswerObject>;
  Allotment: ResolverTypeWrapper<AnswerObject>;
  ID: ResolverTypeWrapper<AnswerObject>;
  AllotmentConnection: ResolverTypeWrapper<AnswerObject>;
  AllotmentEdge: ResolverTypeWrapper<AnswerObject>;
  AllotmentFilter: ResolverTypeWrapper<AnswerObject>;
  AssignLicensesInput: ResolverTypeWrapper<AnswerObject>;
  AssignLicensesPayload: ResolverTypeWrapper<AllotmentPayload>;
  AssignLicensesResult: ResolverTypeWrapper<ItemPayload>;
  AssigneeInput: ResolverTypeWrapper<AnswerObject>;
  AssigneeType: ResolverTypeWrapper<AnswerObject>;
  Assignment: ResolverTypeWrapper<AnswerObject>;
  AssignmentConnection: ResolverTypeWrapper<AnswerObject>;
  AssignmentEdge: ResolverTypeWrapper<AnswerObject>;
  AssignmentError: ResolverTypeWrapper<AnswerObject>;
  AssignmentErrorConnection: ResolverTypeWrapper<AnswerObject>;
  AssignmentErrorEdge: ResolverTypeWrapper<AnswerObject>;
  AssignmentErrorFilter: ResolverTypeWrapper<AnswerObject>;
  AssignmentFilter: ResolverTypeWrapper<AnswerObject>;
  BooleanFilter: ResolverTypeWrapper<AnswerObject>;
  CacheControlScope: ResolverTypeWrapper<AnswerObject>;
  CreateAssignmentInput: ResolverTypeWrapper<AnswerObject>;
  CreateAssignmentPayload: ResolverTypeWrapper<SinglePayload>;
  Date: ResolverTypeWrapper<AnswerObject>;
  DateTime: ResolverTypeWrapper<AnswerObject>;
  DateTimeFilter: ResolverTypeWrapper<AnswerObject>;
  DeleteAssignmentInput: ResolverTypeWrapper<AnswerObject>;
  DeleteAssignmentPayload: ResolverTypeWrapper<DeletionPayload>;
  Device: ResolverTypeWrapper<AnswerObject>;
  DeviceConnection: ResolverTypeWrapper<AnswerObject>;
  DeviceEdge: ResolverTypeWrapper<AnswerObject>;
  DeviceFilter: ResolverTypeWrapper<AnswerObject>;
  DeviceOrder: ResolverTypeWrapper<AnswerObject>;
  DeviceOrderField: ResolverTypeWrapper<AnswerObject>;
  DirectoryObject: ResolverTypeWrapper<AnswerObject>;
  DirectoryObjectConnection: ResolverTypeWrapper<AnswerObject>;
  DirectoryObjectEdge: ResolverTypeWrapper<AnswerObject>;
  Group: ResolverTypeWrapper<AnswerObject>;
  GroupConnection: ResolverTypeWrapper<AnswerObject>;
  GroupEdge: ResolverTypeWrapper<AnswerObject>;
  GroupFilter: ResolverTypeWrapper<AnswerObject>;
  GroupMembershipConnection: ResolverTypeWrapper<AnswerObject>;
  GroupOrder: ResolverTypeWrapper<AnswerObject>;
  GroupOrderField: ResolverTypeWrapper<AnswerObject>;
  HeldTextFilter: ResolverTypeWrapper<AnswerObject>;
  HeldUUIDFilter: ResolverTypeWrapper<AnswerObject>;
  KeywordFilter: ResolverTypeWrapper<AnswerObject>;
  LicenseInfoDetail: ResolverTypeWrapper<AnswerObject>;
  LicenseInfoDetailInput: ResolverTypeWrapper<AnswerObject>;
  LicenseSubscription: ResolverTypeWrapper<AnswerObject>;
  LicenseType: ResolverTypeWrapper<AnswerObject>;
  LicenseUsage: ResolverTypeWrapper<AnswerObject>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NameFilter: ResolverTypeWrapper<AnswerObject>;
  Node: ResolverTypeWrapper<AnswerObject>;
  OrderDirection: ResolverTypeWrapper<AnswerObject>;
  OutcomeTotal: ResolverTypeWrapper<TotalOfOutcome>;
  PageInfo: ResolverTypeWrapper<AnswerObject>;
  PlannedCall: ResolverTypeWrapper<CallToCome>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RemoveAssignmentsInput: ResolverTypeWrapper<AnswerObject>;
  RemoveAssignmentsPayload: ResolverTypeWrapper<BulkPayload>;
  RemoveAssignmentsResult: ResolverTypeWrapper<ItemPayload>;
  RemoveLicensesInput: ResolverTypeWrapper<AnswerObject>;
  RemoveLicensesPayload: ResolverTypeWrapper<AllotmentPayload>;
  RemoveLicensesResult: ResolverTypeWrapper<ItemPayload>;
  ReprocessAssignmentsInput: ResolverTypeWrapper<AnswerObject>;
  ReprocessAssignmentsPayload: ResolverTypeWrapper<ReprocessPayload>;
  ReprocessAssignmentsResult: ResolverTypeWrapper<ItemPayload>;
  RightOrigin: ResolverTypeWrapper<AnswerObject>;
  Service: ResolverTypeWrapper<AnswerObject>;
  Sku: ResolverTypeWrapper<AnswerObject>;
  SubscriptionState: ResolverTypeWrapper<AnswerObject>;
  SubscriptionTag: ResolverTypeWrapper<AnswerObject>;
  SwapLicensesInput: ResolverTypeWrapper<AnswerObject>;
  SwapLicensesPayload: ResolverTypeWrapper<SwapPayload>;
  SwapLicensesResult: ResolverTypeWrapper<SwapItemPayload>;
  SwapOutcome: ResolverTypeWrapper<AnswerObject>;
  SwapTotal: ResolverTypeWrapper<TotalOfSwap>;
  TextFilter: ResolverTypeWrapper<AnswerObject>;
  UUID: ResolverTypeWrapper<AnswerObject>;
  UUIDFilter: ResolverTypeWrapper<AnswerObject>;
  UnknownDirectoryObject: ResolverTypeWrapper<AnswerObject>;
  UpdateAssignmentInput: ResolverTypeWrapper<AnswerObject>;
  UpdateAssignmentPayload: ResolverTypeWrapper<SinglePayload>;
  UpdateLicenseUsageInput: ResolverTypeWrapper<AnswerObject>;
  UpdateLicenseUsagePayload: ResolverTypeWrapper<SinglePayload>;
  UsageRight: ResolverTypeWrapper<AnswerObject>;
  UsageRightConnection: ResolverTypeWrapper<AnswerObject>;
  UsageRightEdge: ResolverTypeWrapper<AnswerObject>;
  UsageRightFilter: ResolverTypeWrapper<AnswerObject>;
  User: ResolverTypeWrapper<AnswerObject>;
  UserConnection: ResolverTypeWrapper<AnswerObject>;
  UserEdge: ResolverTypeWrapper<AnswerObject>;
  UserError: ResolverTypeWrapper<ErrorOfUser>;
  UserErrorCode: ResolverTypeWrapper<AnswerObject>;
  UserFilter: ResolverTypeWrapper<AnswerObject>;
  UserOrder: ResolverTypeWrapper<AnswerObject>;
  UserOrderField: ResolverTypeWrapper<AnswerObject>;
  WaitingMember: ResolverTypeWrapper<AnswerObject>;
  WaitingMemberConnection: ResolverTypeWrapper<AnswerObject>;
  WaitingMemberEdge: ResolverTypeWrapper<AnswerObject>;
  WriteOutcome: ResolverTypeWrapper<AnswerObject>;
  Boolean: ResolverTypeWrapper<AnswerObject>;
  Int: ResolverTypeWrapper<AnswerObject>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddressFilter: AnswerObject;
  String: AnswerObject;
  Allotment: AnswerObject;
  ID: AnswerObject;
  AllotmentConnection: AnswerObject;
  AllotmentEdge: AnswerObject;
  AllotmentFilter: AnswerObject;
  AssignLicensesInput: AnswerObject;
  AssignLicensesPayload: AllotmentPayload;
  AssignLicensesResult: ItemPayload;
  AssigneeInput: AnswerObject;
  Assignment: AnswerObject;
  AssignmentConnection: AnswerObject;
  AssignmentEdge: AnswerObject;
  AssignmentError: AnswerObject;
  AssignmentErrorConnection: AnswerObject;
  AssignmentErrorEdge: AnswerObject;
  AssignmentErrorFilter: AnswerObject;
  AssignmentFilter: AnswerObject;
  BooleanFilter: AnswerObject;
  CreateAssignmentInput: AnswerObject;
  CreateAssignmentPayload: SinglePayload;
  Date: AnswerObject;
  DateTime: AnswerObject;
  DateTimeFilter: AnswerObject;
  DeleteAssignmentInput: AnswerObject;
  DeleteAssignmentPayload: DeletionPayload;
  Device: AnswerObject;
  DeviceConnection: AnswerObject;
  DeviceEdge: AnswerObject;
  DeviceFilter: AnswerObject;
  DeviceOrder: AnswerObject;
  DirectoryObject: AnswerObject;
  DirectoryObjectConnection: AnswerObject;
  DirectoryObjectEdge: AnswerObject;
  Group: AnswerObject;
  GroupConnection: AnswerObject;
  GroupEdge: AnswerObject;
  GroupFilter: AnswerObject;
  GroupMembershipConnection: AnswerObject;
  GroupOrder: AnswerObject;
  HeldTextFilter: AnswerObject;
  HeldUUIDFilter: AnswerObject;
  KeywordFilter: AnswerObject;
  LicenseInfoDetail: AnswerObject;
  LicenseInfoDetailInput: AnswerObject;
  LicenseSubscription: AnswerObject;
  LicenseUsage: AnswerObject;
  Mutation: Record<PropertyKey, never>;
  NameFilter: AnswerObject;
  Node: AnswerObject;
  OutcomeTotal: TotalOfOutcome;
  PageInfo: AnswerObject;
  PlannedCall: CallToCome;
  Query: Record<PropertyKey, never>;
  RemoveAssignmentsInput: AnswerObject;
  RemoveAssignmentsPayload: BulkPayload;
  RemoveAssignmentsResult: ItemPayload;
  RemoveLicensesInput: AnswerObject;
  RemoveLicensesPayload: AllotmentPayload;
  RemoveLicensesResult: ItemPayload;
  ReprocessAssignmentsInput: AnswerObject;
  ReprocessAssignmentsPayload: ReprocessPayload;
  ReprocessAssignmentsResult: ItemPayload;
  Service: AnswerObject;
  Sku: AnswerObject;
  SwapLicensesInput: AnswerObject;
  SwapLicensesPayload: SwapPayload;
  SwapLicensesResult: SwapItemPayload;
  SwapTotal: TotalOfSwap;
  TextFilter: AnswerObject;
  UUID: AnswerObject;
  UUIDFilter: AnswerObject;
  UnknownDirectoryObject: AnswerObject;
  UpdateAssignmentInput: AnswerObject;
  UpdateAssignmentPayload: SinglePayload;
  UpdateLicenseUsageInput: AnswerObject;
  UpdateLicenseUsagePayload: SinglePayload;
  UsageRight: AnswerObject;
  UsageRightConnection: AnswerObject;
  UsageRightEdge: AnswerObject;
  UsageRightFilter: AnswerObject;
  User: AnswerObject;
  UserConnection: AnswerObject;
  UserEdge: AnswerObject;
  UserError: ErrorOfUser;
  UserFilter: AnswerObject;
  UserOrder: AnswerObject;
  WaitingMember: AnswerObject;
  WaitingMemberConnection: AnswerObject;
  WaitingMemberEdge: AnswerObject;
  Boolean: AnswerObject;
  Int: AnswerObject;
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = GatewayContext, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AllotmentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Allotment'] = ResolversParentTypes['Allotment'], FederationReferenceType extends FederationReferenceTypes['Allotment'] = FederationReferenceTypes['Allotment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Allotment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allottedUnits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  assignableTo?: Resolver<Array<ResolversTypes['AssigneeType']>, ParentType, ContextType>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<AllotmentAssignmentsArgs, 'first'>>;
  availableUnits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consumedUnits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  externalServiceIdentifier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  services?: Resolver<Maybe<Array<ResolversTypes['Service']>>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  skuId?: Resolver<Maybe<ResolversTypes['UUID']>, ParentType, ContextType>;
  skuPartNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subscriptions?: Resolver<Maybe<Array<ResolversTypes['LicenseSubscription']>>, ParentType, ContextType>;
  waitingMember?: Resolver<Maybe<ResolversTypes['WaitingMember']>, ParentType, ContextType, RequireFields<AllotmentWaitingMemberArgs, 'id'>>;
  waitingMembers?: Resolver<Maybe<ResolversTypes['WaitingMemberConnection']>, ParentType, ContextType, RequireFields<AllotmentWaitingMembersArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AllotmentConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AllotmentConnection'] = ResolversParentTypes['AllotmentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AllotmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Allotment']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AllotmentEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AllotmentEdge'] = ResolversParentTypes['AllotmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
};

export type AssignLicensesPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignLicensesPayload'] = ResolversParentTypes['AssignLicensesPayload']> = {
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['AssignLicensesResult']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['OutcomeTotal']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AssignLicensesResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignLicensesResult'] = ResolversParentTypes['AssignLicensesResult']> = {
  assigneeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<Array<ResolversTypes['Group']>>, ParentType, ContextType>;
  objectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  takesSeat?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AssignmentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Assignment'] = ResolversParentTypes['Assignment'], FederationReferenceType extends FederationReferenceTypes['Assignment'] = FederationReferenceTypes['Assignment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Assignment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['DirectoryObject']>, ParentType, ContextType>;
  disabledServicePlanIds?: Resolver<Array<ResolversTypes['UUID']>, ParentType, ContextType>;
  disabledServices?: Resolver<Maybe<Array<ResolversTypes['Service']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssignmentConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignmentConnection'] = ResolversParentTypes['AssignmentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AssignmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Assignment']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AssignmentEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignmentEdge'] = ResolversParentTypes['AssignmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
};

export type AssignmentErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignmentError'] = ResolversParentTypes['AssignmentError'], FederationReferenceType extends FederationReferenceTypes['AssignmentError'] = FederationReferenceTypes['AssignmentError']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AssignmentError']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['DirectoryObject']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurrenceDateTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  skuId?: Resolver<Maybe<ResolversTypes['UUID']>, ParentType, ContextType>;
  usageRight?: Resolver<Maybe<ResolversTypes['UsageRight']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AssignmentErrorConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignmentErrorConnection'] = ResolversParentTypes['AssignmentErrorConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AssignmentErrorEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['AssignmentError']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AssignmentErrorEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AssignmentErrorEdge'] = ResolversParentTypes['AssignmentErrorEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['AssignmentError']>, ParentType, ContextType>;
};

export type CreateAssignmentPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['CreateAssignmentPayload'] = ResolversParentTypes['CreateAssignmentPayload']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<Array<ResolversTypes['Group']>>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteAssignmentPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeleteAssignmentPayload'] = ResolversParentTypes['DeleteAssignmentPayload']> = {
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  deletedAssignmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  deletedNodeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeviceResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device'], FederationReferenceType extends FederationReferenceTypes['Device'] = FederationReferenceTypes['Device']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Device']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accountEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType, RequireFields<DeviceAssignmentArgs, 'id'>>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<DeviceAssignmentsArgs, 'first'>>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  operatingSystem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usageRight?: Resolver<Maybe<ResolversTypes['UsageRight']>, ParentType, ContextType, RequireFields<DeviceUsageRightArgs, 'id'>>;
  usageRights?: Resolver<Maybe<ResolversTypes['UsageRightConnection']>, ParentType, ContextType, RequireFields<DeviceUsageRightsArgs, 'first'>>;
  waitingMember?: Resolver<Maybe<ResolversTypes['WaitingMember']>, ParentType, ContextType, RequireFields<DeviceWaitingMemberArgs, 'id'>>;
  waitingMembers?: Resolver<Maybe<ResolversTypes['WaitingMemberConnection']>, ParentType, ContextType, RequireFields<DeviceWaitingMembersArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeviceConnection'] = ResolversParentTypes['DeviceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DeviceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Device']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DeviceEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeviceEdge'] = ResolversParentTypes['DeviceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType>;
};

export type DirectoryObjectResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DirectoryObject'] = ResolversParentTypes['DirectoryObject']> = {
  __resolveType: TypeResolveFn<'Device' | 'Group' | 'UnknownDirectoryObject' | 'User', ParentType, ContextType>;
};

export type DirectoryObjectConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DirectoryObjectConnection'] = ResolversParentTypes['DirectoryObjectConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DirectoryObjectEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['DirectoryObject']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DirectoryObjectEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DirectoryObjectEdge'] = ResolversParentTypes['DirectoryObjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['DirectoryObject']>, ParentType, ContextType>;
};

export type GroupResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group'], FederationReferenceType extends FederationReferenceTypes['Group'] = FederationReferenceTypes['Group']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Group']> | FederationReferenceType, FederationReferenceType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType, RequireFields<GroupAssignmentArgs, 'id'>>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<GroupAssignmentsArgs, 'first'>>;
  createdDateTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  groupTypes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mailEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['DirectoryObjectConnection']>, ParentType, ContextType, RequireFields<GroupMembersArgs, 'first'>>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owners?: Resolver<Maybe<ResolversTypes['DirectoryObjectConnection']>, ParentType, ContextType, RequireFields<GroupOwnersArgs, 'first'>>;
  securityEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  usageRight?: Resolver<Maybe<ResolversTypes['UsageRight']>, ParentType, ContextType, RequireFields<GroupUsageRightArgs, 'id'>>;
  usageRights?: Resolver<Maybe<ResolversTypes['UsageRightConnection']>, ParentType, ContextType, RequireFields<GroupUsageRightsArgs, 'first'>>;
  visibility?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Group']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type GroupEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
};

export type GroupMembershipConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['GroupMembershipConnection'] = ResolversParentTypes['GroupMembershipConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Group']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LicenseInfoDetailResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LicenseInfoDetail'] = ResolversParentTypes['LicenseInfoDetail']> = {
  licenseType?: Resolver<Maybe<ResolversTypes['LicenseType']>, ParentType, ContextType>;
  totalAssignedCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalLicenseCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalUsageCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type LicenseSubscriptionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LicenseSubscription'] = ResolversParentTypes['LicenseSubscription']> = {
  nextLifecycleDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  startDate?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SubscriptionState'], ParentType, ContextType>;
  subscriptionId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['SubscriptionTag']>, ParentType, ContextType>;
};

export type LicenseUsageResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LicenseUsage'] = ResolversParentTypes['LicenseUsage'], FederationReferenceType extends FederationReferenceTypes['LicenseUsage'] = FederationReferenceTypes['LicenseUsage']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['LicenseUsage']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  licenseInfoDetails?: Resolver<Maybe<Array<ResolversTypes['LicenseInfoDetail']>>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  snapshotDateTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignLicenses?: Resolver<Maybe<ResolversTypes['AssignLicensesPayload']>, ParentType, ContextType, RequireFields<MutationAssignLicensesArgs, 'input'>>;
  createAssignment?: Resolver<Maybe<ResolversTypes['CreateAssignmentPayload']>, ParentType, ContextType, RequireFields<MutationCreateAssignmentArgs, 'input'>>;
  deleteAssignment?: Resolver<Maybe<ResolversTypes['DeleteAssignmentPayload']>, ParentType, ContextType, RequireFields<MutationDeleteAssignmentArgs, 'input'>>;
  removeAssignments?: Resolver<Maybe<ResolversTypes['RemoveAssignmentsPayload']>, ParentType, ContextType, RequireFields<MutationRemoveAssignmentsArgs, 'input'>>;
  removeLicenses?: Resolver<Maybe<ResolversTypes['RemoveLicensesPayload']>, ParentType, ContextType, RequireFields<MutationRemoveLicensesArgs, 'input'>>;
  reprocessAssignments?: Resolver<Maybe<ResolversTypes['ReprocessAssignmentsPayload']>, ParentType, ContextType, RequireFields<MutationReprocessAssignmentsArgs, 'input'>>;
  swapLicenses?: Resolver<Maybe<ResolversTypes['SwapLicensesPayload']>, ParentType, ContextType, RequireFields<MutationSwapLicensesArgs, 'input'>>;
  updateAssignment?: Resolver<Maybe<ResolversTypes['UpdateAssignmentPayload']>, ParentType, ContextType, RequireFields<MutationUpdateAssignmentArgs, 'input'>>;
  updateLicenseUsage?: Resolver<Maybe<ResolversTypes['UpdateLicenseUsagePayload']>, ParentType, ContextType, RequireFields<MutationUpdateLicenseUsageArgs, 'input'>>;
};

export type NodeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Allotment' | 'Assignment' | 'AssignmentError' | 'Device' | 'Group' | 'LicenseUsage' | 'Sku' | 'UsageRight' | 'User', ParentType, ContextType>;
};

export type OutcomeTotalResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['OutcomeTotal'] = ResolversParentTypes['OutcomeTotal']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlannedCallResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PlannedCall'] = ResolversParentTypes['PlannedCall']> = {
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType, RequireFields<QueryAllotmentArgs, 'id'>>;
  allotments?: Resolver<Maybe<ResolversTypes['AllotmentConnection']>, ParentType, ContextType, RequireFields<QueryAllotmentsArgs, 'first'>>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType, RequireFields<QueryAssignmentArgs, 'id'>>;
  assignmentError?: Resolver<Maybe<ResolversTypes['AssignmentError']>, ParentType, ContextType, RequireFields<QueryAssignmentErrorArgs, 'id'>>;
  assignmentErrors?: Resolver<Maybe<ResolversTypes['AssignmentErrorConnection']>, ParentType, ContextType, RequireFields<QueryAssignmentErrorsArgs, 'first'>>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<QueryAssignmentsArgs, 'first'>>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType, RequireFields<QueryDeviceArgs, 'id'>>;
  devices?: Resolver<Maybe<ResolversTypes['DeviceConnection']>, ParentType, ContextType, RequireFields<QueryDevicesArgs, 'first'>>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType, RequireFields<QueryGroupArgs, 'id'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'first'>>;
  groupsByIds?: Resolver<Maybe<Array<Maybe<ResolversTypes['Group']>>>, ParentType, ContextType, RequireFields<QueryGroupsByIdsArgs, 'ids'>>;
  licenseUsage?: Resolver<Maybe<Array<Maybe<ResolversTypes['LicenseUsage']>>>, ParentType, ContextType, RequireFields<QueryLicenseUsageArgs, 'period'>>;
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'nodeId'>>;
  nodes?: Resolver<Maybe<Array<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'nodeIds'>>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType, RequireFields<QuerySkuArgs, 'skuId'>>;
  skus?: Resolver<Maybe<Array<Maybe<ResolversTypes['Sku']>>>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
  usersByIds?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType, RequireFields<QueryUsersByIdsArgs, 'ids'>>;
};

export type RemoveAssignmentsPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RemoveAssignmentsPayload'] = ResolversParentTypes['RemoveAssignmentsPayload']> = {
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['RemoveAssignmentsResult']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['OutcomeTotal']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveAssignmentsResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RemoveAssignmentsResult'] = ResolversParentTypes['RemoveAssignmentsResult']> = {
  deletedAssignmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  deletedNodeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveLicensesPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RemoveLicensesPayload'] = ResolversParentTypes['RemoveLicensesPayload']> = {
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['RemoveLicensesResult']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['OutcomeTotal']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveLicensesResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RemoveLicensesResult'] = ResolversParentTypes['RemoveLicensesResult']> = {
  assigneeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deletedAssignmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  deletedNodeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<Array<ResolversTypes['Group']>>, ParentType, ContextType>;
  objectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReprocessAssignmentsPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReprocessAssignmentsPayload'] = ResolversParentTypes['ReprocessAssignmentsPayload']> = {
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['ReprocessAssignmentsResult']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['OutcomeTotal']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ReprocessAssignmentsResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReprocessAssignmentsResult'] = ResolversParentTypes['ReprocessAssignmentsResult']> = {
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ServiceResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Service'] = ResolversParentTypes['Service']> = {
  assignableTo?: Resolver<Array<ResolversTypes['AssigneeType']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  planId?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  planName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SkuResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Sku'] = ResolversParentTypes['Sku'], FederationReferenceType extends FederationReferenceTypes['Sku'] = FederationReferenceTypes['Sku']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Sku']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allotments?: Resolver<Maybe<ResolversTypes['AllotmentConnection']>, ParentType, ContextType, RequireFields<SkuAllotmentsArgs, 'first'>>;
  allottedUnits?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  availableUnits?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  consumedUnits?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  containedIn?: Resolver<Maybe<Array<ResolversTypes['Sku']>>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  services?: Resolver<Maybe<Array<ResolversTypes['Service']>>, ParentType, ContextType>;
  skuId?: Resolver<ResolversTypes['UUID'], ParentType, ContextType>;
  skuPartNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SwapLicensesPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SwapLicensesPayload'] = ResolversParentTypes['SwapLicensesPayload']> = {
  fromAllotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['SwapLicensesResult']>, ParentType, ContextType>;
  toAllotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['SwapTotal']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SwapLicensesResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SwapLicensesResult'] = ResolversParentTypes['SwapLicensesResult']> = {
  assigneeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  deletedAssignmentId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  deletedNodeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<Array<ResolversTypes['Group']>>, ParentType, ContextType>;
  objectId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['SwapOutcome'], ParentType, ContextType>;
  takesSeat?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SwapTotalResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SwapTotal'] = ResolversParentTypes['SwapTotal']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['SwapOutcome'], ParentType, ContextType>;
};

export interface UuidScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UUID'], any> {
  name: 'UUID';
}

export type UnknownDirectoryObjectResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UnknownDirectoryObject'] = ResolversParentTypes['UnknownDirectoryObject']> = {
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  odataType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateAssignmentPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UpdateAssignmentPayload'] = ResolversParentTypes['UpdateAssignmentPayload']> = {
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateLicenseUsagePayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UpdateLicenseUsagePayload'] = ResolversParentTypes['UpdateLicenseUsagePayload']> = {
  licenseUsage?: Resolver<Maybe<ResolversTypes['LicenseUsage']>, ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['WriteOutcome'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<Array<ResolversTypes['PlannedCall']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UsageRightResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UsageRight'] = ResolversParentTypes['UsageRight'], FederationReferenceType extends FederationReferenceTypes['UsageRight'] = FederationReferenceTypes['UsageRight']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['UsageRight']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allotments?: Resolver<Maybe<Array<Maybe<ResolversTypes['Allotment']>>>, ParentType, ContextType>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<UsageRightAssignmentsArgs, 'first'>>;
  externalServiceIdentifier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inheritedFrom?: Resolver<Maybe<Array<ResolversTypes['Group']>>, ParentType, ContextType>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['RightOrigin']>, ParentType, ContextType>;
  owner?: Resolver<Maybe<ResolversTypes['DirectoryObject']>, ParentType, ContextType>;
  services?: Resolver<Maybe<Array<ResolversTypes['Service']>>, ParentType, ContextType>;
  sku?: Resolver<Maybe<ResolversTypes['Sku']>, ParentType, ContextType>;
  skuId?: Resolver<Maybe<ResolversTypes['UUID']>, ParentType, ContextType>;
  skuPartNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usageRightId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UsageRightConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UsageRightConnection'] = ResolversParentTypes['UsageRightConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UsageRightEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['UsageRight']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UsageRightEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UsageRightEdge'] = ResolversParentTypes['UsageRightEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['UsageRight']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accountEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  assignment?: Resolver<Maybe<ResolversTypes['Assignment']>, ParentType, ContextType, RequireFields<UserAssignmentArgs, 'id'>>;
  assignmentError?: Resolver<Maybe<ResolversTypes['AssignmentError']>, ParentType, ContextType, RequireFields<UserAssignmentErrorArgs, 'id'>>;
  assignmentErrors?: Resolver<Maybe<ResolversTypes['AssignmentErrorConnection']>, ParentType, ContextType, RequireFields<UserAssignmentErrorsArgs, 'first'>>;
  assignments?: Resolver<Maybe<ResolversTypes['AssignmentConnection']>, ParentType, ContextType, RequireFields<UserAssignmentsArgs, 'first'>>;
  companyName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  country?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdDateTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  givenName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  manager?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  memberOf?: Resolver<Maybe<ResolversTypes['GroupMembershipConnection']>, ParentType, ContextType, RequireFields<UserMemberOfArgs, 'first'>>;
  nodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  surname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usageLocation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  usageRight?: Resolver<Maybe<ResolversTypes['UsageRight']>, ParentType, ContextType, RequireFields<UserUsageRightArgs, 'id'>>;
  usageRights?: Resolver<Maybe<ResolversTypes['UsageRightConnection']>, ParentType, ContextType, RequireFields<UserUsageRightsArgs, 'first'>>;
  userPrincipalName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  waitingMember?: Resolver<Maybe<ResolversTypes['WaitingMember']>, ParentType, ContextType, RequireFields<UserWaitingMemberArgs, 'id'>>;
  waitingMembers?: Resolver<Maybe<ResolversTypes['WaitingMemberConnection']>, ParentType, ContextType, RequireFields<UserWaitingMembersArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['User']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WaitingMemberResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['WaitingMember'] = ResolversParentTypes['WaitingMember']> = {
  allotment?: Resolver<Maybe<ResolversTypes['Allotment']>, ParentType, ContextType>;
  assignedTo?: Resolver<Maybe<ResolversTypes['DirectoryObject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  waitingSinceDateTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WaitingMemberConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['WaitingMemberConnection'] = ResolversParentTypes['WaitingMemberConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WaitingMemberEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['WaitingMember']>>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WaitingMemberEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['WaitingMemberEdge'] = ResolversParentTypes['WaitingMemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['WaitingMember']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = GatewayContext> = {
  Allotment?: AllotmentResolvers<ContextType>;
  AllotmentConnection?: AllotmentConnectionResolvers<ContextType>;
  AllotmentEdge?: AllotmentEdgeResolvers<ContextType>;
  AssignLicensesPayload?: AssignLicensesPayloadResolvers<ContextType>;
  AssignLicensesResult?: AssignLicensesResultResolvers<ContextType>;
  Assignment?: AssignmentResolvers<ContextType>;
  AssignmentConnection?: AssignmentConnectionResolvers<ContextType>;
  AssignmentEdge?: AssignmentEdgeResolvers<ContextType>;
  AssignmentError?: AssignmentErrorResolvers<ContextType>;
  AssignmentErrorConnection?: AssignmentErrorConnectionResolvers<ContextType>;
  AssignmentErrorEdge?: AssignmentErrorEdgeResolvers<ContextType>;
  CreateAssignmentPayload?: CreateAssignmentPayloadResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeleteAssignmentPayload?: DeleteAssignmentPayloadResolvers<ContextType>;
  Device?: DeviceResolvers<ContextType>;
  DeviceConnection?: DeviceConnectionResolvers<ContextType>;
  DeviceEdge?: DeviceEdgeResolvers<ContextType>;
  DirectoryObject?: DirectoryObjectResolvers<ContextType>;
  DirectoryObjectConnection?: DirectoryObjectConnectionResolvers<ContextType>;
  DirectoryObjectEdge?: DirectoryObjectEdgeResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  GroupMembershipConnection?: GroupMembershipConnectionResolvers<ContextType>;
  LicenseInfoDetail?: LicenseInfoDetailResolvers<ContextType>;
  LicenseSubscription?: LicenseSubscriptionResolvers<ContextType>;
  LicenseUsage?: LicenseUsageResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OutcomeTotal?: OutcomeTotalResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PlannedCall?: PlannedCallResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RemoveAssignmentsPayload?: RemoveAssignmentsPayloadResolvers<ContextType>;
  RemoveAssignmentsResult?: RemoveAssignmentsResultResolvers<ContextType>;
  RemoveLicensesPayload?: RemoveLicensesPayloadResolvers<ContextType>;
  RemoveLicensesResult?: RemoveLicensesResultResolvers<ContextType>;
  ReprocessAssignmentsPayload?: ReprocessAssignmentsPayloadResolvers<ContextType>;
  ReprocessAssignmentsResult?: ReprocessAssignmentsResultResolvers<ContextType>;
  Service?: ServiceResolvers<ContextType>;
  Sku?: SkuResolvers<ContextType>;
  SwapLicensesPayload?: SwapLicensesPayloadResolvers<ContextType>;
  SwapLicensesResult?: SwapLicensesResultResolvers<ContextType>;
  SwapTotal?: SwapTotalResolvers<ContextType>;
  UUID?: GraphQLScalarType;
  UnknownDirectoryObject?: UnknownDirectoryObjectResolvers<ContextType>;
  UpdateAssignmentPayload?: UpdateAssignmentPayloadResolvers<ContextType>;
  UpdateLicenseUsagePayload?: UpdateLicenseUsagePayloadResolvers<ContextType>;
  UsageRight?: UsageRightResolvers<ContextType>;
  UsageRightConnection?: UsageRightConnectionResolvers<ContextType>;
  UsageRightEdge?: UsageRightEdgeResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  WaitingMember?: WaitingMemberResolvers<ContextType>;
  WaitingMemberConnection?: WaitingMemberConnectionResolvers<ContextType>;
  WaitingMemberEdge?: WaitingMemberEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = GatewayContext> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
