import { InFlightLimit, type WaitingCaller } from '../../../src/graph/http/InFlightLimit.js';
import { ProcessPace } from '../../../src/graph/quota/ProcessPace.js';
import type { SharedPace } from '../../../src/graph/quota/SharedPace.js';
import { TenantQuota } from '../../../src/graph/quota/TenantQuota.js';
import { Flow } from '../../../src/graph/queue/Flow.js';

/** Time that passes as fast as the simulation is computed. */
class SimulatedTime {
  private time = 0;
  private readonly events: { readonly at: number; readonly happen: () => void }[] = [];
  readonly now = (): number => this.time;

  readonly delay = (milliseconds: number): Promise<void> =>
    new Promise((happen) => {
      const at = this.time + milliseconds;
      let index = this.events.length;
      while (index > 0 && (this.events[index - 1]?.at ?? 0) > at) index -= 1;
      this.events.splice(index, 0, { at, happen });
    });

  /** Lets everything happen that is to happen until then. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const next = this.events[0];
      if (next === undefined || next.at > end) break;
      this.time = next.at;
      while (this.events[0]?.at === this.time) this.events.shift()?.happen();
    }
    this.time = end;
  }
}

/** So long after the store is back the last replica is connected again. */
const reconnectMs = 3_000;

/** A store that replicas share, and that can be away. */
class SimulatedStore {
  isAway = false;
  private backAt = -Infinity;
  private held: ProcessPace;

  constructor(private readonly time: SimulatedTime) {
    this.held = new ProcessPace(time.now);
  }

  /** What it held is gone. */
  comeBack(): void {
    this.isAway = false;
    this.backAt = this.time.now();
    this.held = new ProcessPace(this.time.now);
  }

  /** @param lateness of this replica among the others, from 0 to 1 */
  connect(lateness: number): SharedPace {
    return {
      pace: async (_name, request) => {
        await this.time.delay(1);
        const isLost = this.isAway || this.time.now() < this.backAt + lateness * reconnectMs;
        return isLost ? undefined : this.held.pace(request);
      },
    };
  }
}

interface Answer {
  readonly served: number;
  readonly percentage: number;
  readonly retryAfterMs: number;
}

/** A Graph with a quota: so many units in any window, refused calls not counted. */
class SimulatedGraph {
  readonly served: { readonly at: number; readonly units: number; readonly replica: number }[] = [];
  throttledCalls = 0;
  calls = 0;
  unitsPerSecond: number;
  private used = 0;
  private oldest = 0;
  private random = 1;

  constructor(
    private readonly options: QuotaSimulation,
    private readonly time: SimulatedTime,
  ) {
    this.unitsPerSecond = options.unitsPerSecond;
  }

  answer(replica: number, units: number): Answer {
    const now = this.time.now();
    const { windowMs, warns } = this.options;
    const quota = (this.unitsPerSecond * windowMs) / 1000;
    for (
      let first = this.served[this.oldest];
      first !== undefined && first.at <= now - windowMs;
      first = this.served[this.oldest]
    ) {
      this.used -= first.units;
      this.oldest += 1;
    }
    this.calls += units;
    const room = Math.max(0, Math.floor(quota - this.used));
    const served = Math.min(units - this.refusedByChance(units), room);
    this.used += served;
    if (served > 0) this.served.push({ at: now, units: served, replica });
    this.throttledCalls += units - served;
    const percentage = this.used / quota;
    // Until the oldest of what fills the quota counts no longer.
    const freeMs = Math.max(0, (this.served[this.oldest]?.at ?? now) + windowMs - now);
    return {
      served,
      percentage: warns && percentage >= 0.8 ? percentage : 0,
      retryAfterMs: served < room ? 1_000 : Math.ceil(freeMs / 1_000) * 1_000,
    };
  }

  /** How many of so many units are refused, drawn by Park and Miller's generator. */
  private refusedByChance(units: number): number {
    const { chance = 0 } = this.options;
    let refused = 0;
    for (let unit = 0; unit < units; unit += 1) {
      this.random = (this.random * 16_807) % 2_147_483_647;
      if (this.random < chance * 2_147_483_647) refused += 1;
    }
    return refused;
  }
}

const restMs = 500;

/** Waits as long as it takes. */
const patient: WaitingCaller = { throwIfStopped: () => undefined, whenStopped: () => undefined };

/** What is simulated: replicas that all want more than the quota of one tenant. */
export interface QuotaSimulation {
  readonly replicas: number;
  readonly unitsPerSecond: number;
  /** Over how long Graph counts. */
  readonly windowMs: number;
  /** Whether Graph sends `x-ms-throttle-limit-percentage`. */
  readonly warns: boolean;
  readonly seconds: number;
  /** The share of units that Graph refuses however little it is asked. Default 0. */
  readonly chance?: number;
  /** Operations of one call, of a unit each, or those of each replica; what is refused is sent again. Default 1. */
  readonly units?: number | readonly number[];
  /** Callers of each replica, who all ask again as soon as they have their answer. Default 40. */
  readonly callers?: number;
  readonly callMs?: number;
  /** From this second on there is one replica more. */
  readonly joinAt?: number;
  /** Whether the replicas share a store. Default true. */
  readonly hasStore?: boolean;
  /** From this second to that one the store is away. */
  readonly storeIsAway?: readonly [from: number, to: number];
  /** From this second on all callers rest for half a second. */
  readonly restAt?: number;
  /** From a second on the quota is another one. */
  readonly change?: { readonly at: number; readonly unitsPerSecond: number };
  /** Seconds that are not counted. */
  readonly warmUp?: number;
}

/** What came of it. */
export interface QuotaFigures {
  /** Units that were served, of what the quota allowed. */
  readonly goodput: number;
  /** Calls that were answered 429, of all. */
  readonly throttled: number;
  /** What the replica with the least was served, of an equal share. */
  readonly least: number;
}

/** Runs replicas on one quota, minutes in a moment. */
export async function simulateQuota(options: QuotaSimulation): Promise<QuotaFigures> {
  const {
    replicas,
    seconds,
    units: unitsOfCalls = 1,
    callers = 40,
    callMs = 50,
    warmUp = 0,
    storeIsAway,
    change,
  } = options;
  const { hasStore = true, restAt, joinAt } = options;
  const time = new SimulatedTime();
  const store = new SimulatedStore(time);
  const graph = new SimulatedGraph(options, time);
  let isOver = false;
  const start = (replica: number): void => {
    const units = typeof unitsOfCalls === 'number' ? unitsOfCalls : (unitsOfCalls[replica] ?? 1);
    const quota: TenantQuota = new TenantQuota('tenant', {
      clock: time,
      shared: hasStore ? store.connect(replica / replicas) : undefined,
      onRoom: () => limit.letIn(),
    });
    const limit: InFlightLimit = new InFlightLimit(16, time.now, (_tenant, wanted) => quota.take(wanted));
    const flow = new Flow(['interactive', '', '', ''], 0);
    /** Sends a call, or the parts of a batch; answers how many of them were refused, and until when. */
    const call = async (wanted: number): Promise<{ readonly throttled: number; readonly retryAfterMs: number }> => {
      const sentAt = time.now();
      await time.delay(callMs * (0.8 + (0.4 * ((graph.calls * 7919) % 100)) / 100));
      const { served, percentage, retryAfterMs } = graph.answer(replica, wanted);
      const throttled = wanted - served;
      quota.note({ sentAt, served, throttled, percentage, retryAfterMs: throttled > 0 ? retryAfterMs : undefined });
      return { throttled, retryAfterMs };
    };
    const caller = async (): Promise<void> => {
      await time.delay((replica * 37) % 100);
      for (let open = units; !isOver; open = open > 0 ? open : units) {
        const wanted = open;
        const began = await limit.enter(patient, { flow, cost: wanted });
        const { throttled, retryAfterMs } = await call(wanted);
        limit.leave(flow, began);
        open = throttled;
        if (open > 0) await time.delay(retryAfterMs);
        const isResting = restAt !== undefined && time.now() >= restAt * 1_000 && time.now() < restAt * 1_000 + restMs;
        if (isResting) await time.delay(restAt * 1_000 + restMs - time.now());
      }
    };
    for (let index = 0; index < callers; index += 1) void caller();
  };
  for (let replica = 0; replica < replicas; replica += 1) start(replica);
  if (joinAt !== undefined) void time.delay(joinAt * 1_000).then(() => start(replicas));
  const marks = [warmUp, ...(storeIsAway ?? []), ...(change === undefined ? [] : [change.at]), seconds].sort(
    (a, b) => a - b,
  );
  let before = { calls: 0, throttled: 0 };
  for (const mark of marks) {
    await time.runUntil(mark * 1000);
    if (mark === warmUp) before = { calls: graph.calls, throttled: graph.throttledCalls };
    if (mark === storeIsAway?.[0]) store.isAway = true;
    if (mark === storeIsAway?.[1]) store.comeBack();
    if (mark === change?.at) graph.unitsPerSecond = change.unitsPerSecond;
  }
  isOver = true;
  const counted = graph.served.filter(({ at }) => at >= warmUp * 1000);
  const allowed =
    change === undefined
      ? options.unitsPerSecond * (seconds - warmUp)
      : options.unitsPerSecond * (change.at - warmUp) + change.unitsPerSecond * (seconds - change.at);
  const byReplica = Array.from({ length: joinAt === undefined ? replicas : replicas + 1 }, (_, replica) =>
    counted.filter((each) => each.replica === replica).reduce((sum, each) => sum + each.units, 0),
  );
  const total = byReplica.reduce((sum, each) => sum + each, 0);
  return {
    goodput: total / allowed,
    throttled: (graph.throttledCalls - before.throttled) / (graph.calls - before.calls),
    least: Math.min(...byReplica) / (total / byReplica.length),
  };
}
