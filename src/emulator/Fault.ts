/** Which operations a fault strikes. */
export interface FaultMatch {
  readonly method?: string;
  /** On the decoded path and query behind the service root. */
  readonly path?: RegExp;
  /** How many times; default once. */
  readonly times?: number;
}

/** What goes wrong. */
export type FaultEffect =
  /** Answers this instead; with `commit`, after the operation was carried out. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
      readonly text?: string;
      readonly commit?: boolean;
    }
  /** Changes the answer's body before it is sent. */
  | { readonly kind: 'change'; readonly change: (body: never) => unknown }
  /** Cuts the connection, before or after the operation was carried out. Plain requests only. */
  | { readonly kind: 'drop'; readonly commit?: boolean }
  /** Sends so much of the body and then cuts the connection, or goes silent. Plain requests only. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly stall?: boolean }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Carries the operation out once that has come about, however long it takes. Plain requests only. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> }
  /** Of a read: a replica answers that knows of nothing that happened in the last `lagMs()` milliseconds (`pastStatesMs`). */
  | { readonly kind: 'stale'; readonly lagMs: () => number }
  /** Of a batch: the part is left out of the answer. */
  | { readonly kind: 'omit' };

/** A fault to play. */
export type Fault = FaultMatch & FaultEffect;

/** A scripted fault that was played, and on what. */
export interface PlayedFault {
  readonly fault: Fault;
  readonly at: number;
  readonly method: string;
  /** Path and query behind the service root. */
  readonly url: string;
  readonly authorization: string | undefined;
}

/** What cannot be played on a part of a batch. */
const ofPlainRequests: ReadonlySet<Fault['kind']> = new Set(['drop', 'cut', 'hold']);

/** The faults that are still to be played. */
export class FaultScript {
  private faults: { readonly fault: Fault; left: number }[] = [];
  private playedFaults: PlayedFault[] = [];

  /** @param isKept whether it is written down what was played */
  constructor(private readonly isKept: boolean) {}

  add(faults: readonly Fault[]): void {
    this.faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  clear(): void {
    this.faults = [];
    this.playedFaults = [];
  }

  /** What was played since the last `clear`, in order. */
  played(): readonly PlayedFault[] {
    return this.playedFaults;
  }

  /** The next fault for an operation, used up by asking: one that can be played on it, plain or as part of a batch. */
  next(method: string, url: string, authorization?: string, inBatch = false): Fault | undefined {
    const decoded = safelyDecoded(url);
    const found = this.faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.kind !== 'stale' || method === 'GET') &&
        (inBatch ? !ofPlainRequests.has(fault.kind) : fault.kind !== 'omit') &&
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || fault.path.test(decoded)),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    if (this.isKept) this.playedFaults.push({ fault: found.fault, at: performance.now(), method, url, authorization });
    return found.fault;
  }
}

function safelyDecoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
