import { systemClock } from '../../clock/systemClock.js';
import { FairQueue, type Waiting } from '../queue/FairQueue.js';
import type { Flow } from '../queue/Flow.js';

/** Who waits for room, and until when. */
export interface WaitingCaller {
  throwIfStopped(): void;
  /** Calls the listener with the reason once waiting is over; it takes the place of the one before. */
  whenStopped(listener: (reason: Error) => void): void;
}

/** What one request takes of the limit: its cost are the resource units that Graph will count for it. */
export type RequestShare = Waiting;

/** A request that waits for room; let in, it is told when that was. */
interface WaitingRequest extends RequestShare {
  readonly enter: (began: number) => void;
}

/** Whether the quota of a tenant has that number of units now; they count as used then. */
export type TakeUnits = (tenant: string, units: number) => boolean;

/** What is known of a tenant's requests. */
interface TenantRequests {
  inFlight: number;
  usedAt: number;
}

/** A tenant that has asked within this time is one that others have to leave room for. */
const tenantStaysMs = 60_000;
/** What one tenant may hold where there are others: a Graph that is slow for one must not stop all. */
const shareOfOneTenant = 0.75;

/** Bounds how many requests are in flight, over all callers: those that wait enter in fair order, within their quota. */
export class InFlightLimit {
  /** Called whenever a request of this flow has come, entered or ended: what waits elsewhere may have room now. */
  onChange: (flow: Flow) => void = () => undefined;
  private readonly queue = new FairQueue<WaitingRequest>();
  private readonly tenants = new Map<string, TenantRequests>();
  private current = 0;
  /** Sum of the times at which the requests in flight began. */
  private beganSum = 0;
  private forgetAt = 0;

  constructor(
    readonly maximum: number,
    private readonly now: () => number = systemClock.now,
    private readonly takeUnits: TakeUnits = () => true,
  ) {}

  /** How many requests are in flight. */
  get inFlight(): number {
    return this.current;
  }

  /** How many requests wait to be sent. */
  get waiting(): number {
    return this.queue.size;
  }

  /** How many requests of a flow wait to be sent. */
  waitingOf(flow: Flow): number {
    return this.queue.waitingOf(flow);
  }

  /** Milliseconds for which the requests in flight have been under way, on average; 0 where there are none. */
  meanAge(): number {
    return this.current === 0 ? 0 : this.now() - this.beganSum / this.current;
  }

  /**
   * Enters as soon as there is room: gives when that was, for `leave`, which has to be called in the end. Rejects with the
   * reason of the one who waits where that is cut off before.
   */
  enter(caller: WaitingCaller, share: RequestShare): Promise<number> | number {
    caller.throwIfStopped();
    share.flow.requests += 1;
    if (this.queue.size > 0 || !this.takeRoom(share)) return this.waitForRoom(caller, share);
    return this.begin(share.flow);
  }

  /** Notes that a request is over, which began then. */
  leave(flow: Flow, began: number): void {
    this.current -= 1;
    this.tenant(flow.tenant).inFlight -= 1;
    this.beganSum -= began;
    this.letIn();
    this.onChange(flow);
  }

  /** Lets in what has room now; to be called when a quota has units again. */
  letIn(): void {
    while (this.current < this.maximum) {
      const next = this.queue.pop((request) => this.takeRoom(request));
      if (next === undefined) return;
      // Counted here, before anybody else can take the place.
      next.enter(this.begin(next.flow));
    }
  }

  /** Answers when it was let in. */
  private waitForRoom(caller: WaitingCaller, { flow, cost }: RequestShare): Promise<number> {
    return new Promise((enter, reject) => {
      const request: WaitingRequest = { flow, cost, enter };
      this.queue.push(request);
      caller.whenStopped((reason) => {
        if (!this.queue.remove(request)) return;
        reject(reason);
        this.onChange(flow);
      });
      this.letIn();
      this.onChange(flow);
    });
  }

  private begin(flow: Flow): number {
    const now = this.now();
    flow.sent += 1;
    this.current += 1;
    this.tenant(flow.tenant).inFlight += 1;
    this.beganSum += now;
    this.onChange(flow);
    return now;
  }

  /** Takes the units of a request from its tenant's quota, where it may be sent now. */
  private takeRoom({ flow, cost }: RequestShare): boolean {
    if (this.current >= this.maximum) return false;
    const { tenant } = flow;
    return this.tenant(tenant).inFlight < this.fairMaximum() && this.takeUnits(tenant, cost);
  }

  /** What one tenant may have in flight. */
  private fairMaximum(): number {
    return this.tenants.size < 2 ? this.maximum : Math.max(1, Math.floor(this.maximum * shareOfOneTenant));
  }

  private tenant(name: string): TenantRequests {
    const now = this.now();
    this.forgetTenants(now);
    const known = this.tenants.get(name);
    if (known !== undefined) {
      known.usedAt = now;
      return known;
    }
    const made = { inFlight: 0, usedAt: now };
    this.tenants.set(name, made);
    return made;
  }

  private forgetTenants(now: number): void {
    if (now < this.forgetAt) return;
    this.forgetAt = now + tenantStaysMs;
    for (const [name, { inFlight, usedAt }] of this.tenants) {
      if (inFlight === 0 && usedAt <= now - tenantStaysMs) this.tenants.delete(name);
    }
  }
}
