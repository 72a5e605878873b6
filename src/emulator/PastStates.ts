import type { TenantStore } from './tenant/TenantStore.js';

interface PastState {
  /** When the tenant changed from it, on the clock of `performance.now()`. */
  readonly until: number;
  readonly store: TenantStore;
}

/** What the tenant was like a while ago: replicas that lag answer from it. */
export class PastStates {
  /** In order of time. */
  private states: PastState[] = [];

  /** @param keptMs how long a state is remembered, in milliseconds; 0: never */
  constructor(
    private readonly current: TenantStore,
    private readonly keptMs: number,
  ) {}

  /** Remembers the present state; to be called before each change. */
  remember(): void {
    if (this.keptMs === 0) return;
    const now = performance.now();
    this.states = [
      ...this.states.filter(({ until }) => until > now - this.keptMs),
      { until: now, store: this.current.copy() },
    ];
  }

  /** The tenant as it was that many milliseconds ago. */
  at(millisecondsAgo: number): TenantStore {
    const then = performance.now() - millisecondsAgo;
    return this.states.find(({ until }) => until > then)?.store ?? this.current;
  }
}
