import { longIdOf } from './deterministic.js';
import type { Allotment, Assignment, Json, Principal, Tenant, WaitingMember } from './Tenant.js';
import { externalServiceOf } from './skuFacts.js';

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [value]);
  else known.push(value);
}

function without<T>(index: Map<string, T[]>, key: string, value: T): void {
  const known = index.get(key) ?? [];
  index.set(
    key,
    known.filter((each) => each !== value),
  );
}

/** The key of a principal's right to a SKU. */
export function rightKey(principalId: string, skuId: string): string {
  return `${principalId} ${skuId}`;
}

/**
 * A tenant with what follows from it. Each distinct user or device takes one seat of every allotment that it is assigned
 * to, directly or through a group; who finds no seat waits, and gets the next one that is freed, longest wait first.
 */
export class TenantStore {
  private readonly assignmentsByAssignee = new Map<string, Assignment[]>();
  private readonly assignmentsByAllotment = new Map<string, Assignment[]>();
  private readonly seats = new Map<string, Set<string>>();
  private readonly waitingByAllotment = new Map<string, WaitingMember[]>();
  private readonly waitingByAssignee = new Map<string, WaitingMember[]>();
  /** An object, so that it is shared with the same tenant as others see it. */
  private readonly creations = { count: 0 };

  constructor(readonly tenant: Tenant) {}

  /** The same tenant with another user behind `/me`; everything else is shared, also what is written. */
  seenBy(signedInUser: string): TenantStore {
    const prototype = TenantStore.prototype;
    return Object.assign(Object.create(prototype) as TenantStore, this, { tenant: { ...this.tenant, signedInUser } });
  }

  /** The same tenant as it is now; what is written later does not show in it. */
  copy(): TenantStore {
    const { assignments, waiting, report } = this.tenant;
    const copied = new Map([...assignments].map(([id, assignment]) => [id, { ...assignment }]));
    const inCopy = (index: ReadonlyMap<string, readonly Assignment[]>): Map<string, Assignment[]> =>
      new Map([...index].map(([key, all]) => [key, all.flatMap(({ id }) => copied.get(id) ?? [])]));
    const tenant = {
      ...this.tenant,
      assignments: copied,
      waiting: new Map(waiting),
      report: report.map((row) => ({ ...row })),
    };
    return Object.assign(new TenantStore(tenant), {
      assignmentsByAssignee: inCopy(this.assignmentsByAssignee),
      assignmentsByAllotment: inCopy(this.assignmentsByAllotment),
      seats: new Map([...this.seats].map(([id, holders]) => [id, new Set(holders)])),
      waitingByAllotment: new Map([...this.waitingByAllotment].map(([id, all]) => [id, [...all]])),
      waitingByAssignee: new Map([...this.waitingByAssignee].map(([id, all]) => [id, [...all]])),
    });
  }

  /** Counts one more assignment that was created; gives its number. */
  countCreation(): number {
    this.creations.count += 1;
    return this.creations.count;
  }

  /** A user, group or device by its object id. */
  principal(id: string): Principal | undefined {
    const { users, groups, devices } = this.tenant;
    const key = id.toLowerCase();
    return users.get(key) ?? groups.get(key) ?? devices.get(key);
  }

  assignmentsOf(principalId: string): readonly Assignment[] {
    return this.assignmentsByAssignee.get(principalId) ?? [];
  }

  assignmentsIn(allotmentId: string): readonly Assignment[] {
    return this.assignmentsByAllotment.get(allotmentId) ?? [];
  }

  waitingIn(allotmentId: string): readonly WaitingMember[] {
    return this.waitingByAllotment.get(allotmentId) ?? [];
  }

  waitingOf(principalId: string): readonly WaitingMember[] {
    return this.waitingByAssignee.get(principalId) ?? [];
  }

  consumedUnits(allotmentId: string): number {
    const elsewhere = this.tenant.allotments.get(allotmentId)?.occupiedElsewhere ?? 0;
    return (this.seats.get(allotmentId)?.size ?? 0) + elsewhere;
  }

  /** Whether somebody holds a seat of an allotment. */
  hasSeat(allotmentId: string, holder: string): boolean {
    return this.seats.get(allotmentId)?.has(holder) === true;
  }

  /** Direct assignments of a principal and those of its groups. */
  private allAssignmentsOf(principalId: string): readonly Assignment[] {
    const groups = this.tenant.groupsOf.get(principalId) ?? [];
    return [principalId, ...groups].flatMap((id) => this.assignmentsOf(id));
  }

  /** Adds an assignment and gives out the seats that it needs. */
  assign(assignment: Assignment, since: string): void {
    this.tenant.assignments.set(assignment.id, assignment);
    push(this.assignmentsByAssignee, assignment.assigneeId, assignment);
    push(this.assignmentsByAllotment, assignment.allotmentId, assignment);
    for (const holder of this.holdersOf(assignment)) this.seat(assignment.allotmentId, holder, since);
  }

  /** Takes an assignment away; seats that nothing else holds go to who waits longest. */
  unassign(assignment: Assignment): void {
    this.tenant.assignments.delete(assignment.id);
    without(this.assignmentsByAssignee, assignment.assigneeId, assignment);
    without(this.assignmentsByAllotment, assignment.allotmentId, assignment);
    for (const holder of this.holdersOf(assignment)) {
      const holds = this.allAssignmentsOf(holder).some((each) => each.allotmentId === assignment.allotmentId);
      if (!holds) this.unseat(assignment.allotmentId, holder);
    }
  }

  private holdersOf(assignment: Assignment): readonly string[] {
    return this.tenant.groups.has(assignment.assigneeId)
      ? (this.tenant.members.get(assignment.assigneeId) ?? [])
      : [assignment.assigneeId];
  }

  private seat(allotmentId: string, holder: string, since: string): void {
    const allotment = this.tenant.allotments.get(allotmentId);
    if (allotment === undefined) return;
    const taken = this.seats.get(allotmentId) ?? new Set<string>();
    this.seats.set(allotmentId, taken);
    if (taken.has(holder)) return;
    if (this.consumedUnits(allotmentId) < allotment.allottedUnits) taken.add(holder);
    else if (!this.waitingOf(holder).some((each) => each.allotmentId === allotmentId))
      this.wait(allotmentId, holder, since);
  }

  private wait(allotmentId: string, assigneeId: string, since: string): void {
    const waiting: WaitingMember = { id: longIdOf('waiting', allotmentId, assigneeId), allotmentId, assigneeId, since };
    this.tenant.waiting.set(waiting.id, waiting);
    push(this.waitingByAllotment, allotmentId, waiting);
    push(this.waitingByAssignee, assigneeId, waiting);
  }

  private stopWaiting(waiting: WaitingMember): void {
    this.tenant.waiting.delete(waiting.id);
    without(this.waitingByAllotment, waiting.allotmentId, waiting);
    without(this.waitingByAssignee, waiting.assigneeId, waiting);
  }

  private unseat(allotmentId: string, holder: string): void {
    const waits = this.waitingOf(holder).find((each) => each.allotmentId === allotmentId);
    if (waits !== undefined) {
      this.stopWaiting(waits);
      return;
    }
    const taken = this.seats.get(allotmentId);
    if (taken?.delete(holder) !== true) return;
    const [next] = [...this.waitingIn(allotmentId)].sort((a, b) =>
      a.since < b.since ? -1 : a.since > b.since ? 1 : 0,
    );
    if (next === undefined) return;
    this.stopWaiting(next);
    taken.add(next.assigneeId);
  }

  /** The assignments that a right to a SKU follows from; waiting for a seat gives no right. */
  assignmentsForRight(principal: Principal, skuId: string): readonly Assignment[] {
    const all = principal.type === 'group' ? this.assignmentsOf(principal.id) : this.allAssignmentsOf(principal.id);
    return all.filter(({ allotmentId }) => {
      const isOfSku = this.tenant.allotments.get(allotmentId)?.skuId === skuId;
      return isOfSku && (principal.type === 'group' || this.seats.get(allotmentId)?.has(principal.id) === true);
    });
  }

  /** What a principal may use: one right for each SKU, with the services that are on in at least one assignment. */
  usageRights(principal: Principal): readonly Json[] {
    const all = principal.type === 'group' ? this.assignmentsOf(principal.id) : this.allAssignmentsOf(principal.id);
    const skus = new Set(all.flatMap((each) => this.tenant.allotments.get(each.allotmentId)?.skuId ?? []));
    return [...skus].flatMap((skuId) => {
      const origins = this.assignmentsForRight(principal, skuId);
      return origins.length === 0 ? [] : [this.usageRight(principal, skuId, origins)];
    });
  }

  private usageRight(principal: Principal, skuId: string, origins: readonly Assignment[]): Json {
    const services = new Map<unknown, Json>();
    let partNumber = '';
    for (const { allotmentId, disabledServicePlanIds } of origins) {
      const allotment = this.tenant.allotments.get(allotmentId) as Allotment;
      partNumber = allotment.skuPartNumber;
      for (const service of allotment.services) {
        if (!disabledServicePlanIds.includes(String(service.planId))) services.set(service.planId, service);
      }
    }
    return {
      id: this.tenant.rightIds.get(rightKey(principal.id, skuId)) ?? longIdOf('right', principal.id, skuId),
      skuId,
      skuPartNumber: partNumber,
      externalServiceIdentifier: externalServiceOf(skuId),
      services: [...services.values()],
    };
  }
}
