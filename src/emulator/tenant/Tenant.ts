/** The state of the emulated tenant: plain objects by id. */
export type Json = Record<string, unknown>;

/** A user, group or device. */
export interface Principal {
  readonly type: 'user' | 'group' | 'device';
  readonly id: string;
  readonly properties: Json;
}

/** A licence of an allotment that somebody was given. */
export interface Assignment {
  readonly id: string;
  readonly allotmentId: string;
  readonly assigneeId: string;
  disabledServicePlanIds: string[];
}

/** A number of seats of one SKU. */
export interface Allotment {
  readonly id: string;
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly allottedUnits: number;
  readonly assignableTo: string;
  readonly services: readonly Json[];
  readonly subscriptions: readonly Json[];
  /** Seats taken by people whom the tenant does not show; none where left out. */
  readonly occupiedElsewhere?: number;
}

/** Somebody who was given a licence when no seat was free. */
export interface WaitingMember {
  readonly id: string;
  readonly allotmentId: string;
  readonly assigneeId: string;
  readonly since: string;
}

/** Why a licence does not take effect for somebody. */
export interface AssignmentError {
  readonly id: string;
  readonly assigneeId: string;
  readonly code: string;
  readonly message: string;
  readonly occurrenceDateTime: string;
  readonly skuId: string;
}

/** Everything in the tenant, by id. */
export interface Tenant {
  readonly users: Map<string, Principal>;
  readonly groups: Map<string, Principal>;
  readonly devices: Map<string, Principal>;
  readonly managers: Map<string, string>;
  readonly members: Map<string, readonly string[]>;
  readonly owners: Map<string, readonly string[]>;
  /** Groups of each member; the other side of `members`. */
  readonly groupsOf: Map<string, string[]>;
  readonly allotments: Map<string, Allotment>;
  readonly assignments: Map<string, Assignment>;
  readonly waiting: Map<string, WaitingMember>;
  readonly errors: Map<string, AssignmentError>;
  /** Ids of usage rights that are given, by `rightKey`; all others are made up. */
  readonly rightIds: Map<string, string>;
  readonly report: Json[];
  readonly signedInUser: string;
}
