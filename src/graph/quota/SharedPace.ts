import type { QuotaEstimate, QuotaEvidence } from './estimateQuota.js';

/** A rate that replicas agree on: of two, the one with the higher version holds. */
export interface SharedRate extends QuotaEstimate {
  readonly version: number;
}

/** Units that are asked for, and what was seen. */
export interface SharedPaceRequest {
  readonly units: number;
  readonly burstMs: number;
  readonly longestLineMs: number;
  /** For how long nothing leaves, where the rate is new. */
  readonly holdMs: number;
  /** The rate by which the asking replica goes, or wants to from now on. */
  readonly rate: SharedRate | undefined;
  /** Since that rate holds, and the last question. */
  readonly seen: QuotaEvidence;
  /** Units that Graph has served since the last question. */
  readonly served: number;
}

/** A place in the line, and what all replicas know. */
export interface SharedPlace {
  readonly waitMs: number;
  /** Undefined while nobody has brought one. */
  readonly rate: SharedRate | undefined;
  /** What all have seen since this rate holds. */
  readonly seen: QuotaEvidence;
  /** Units a second that Graph has served to all of late (`RecentUnits`). */
  readonly servedPerSecond: number;
}

/** A line in which all replicas stand, and where they put together what they see (`SharedCounters`). */
export interface SharedPace {
  /** Takes units as `pace` does, in one step for all replicas; at a new rate nothing has been saved up. Undefined where the store cannot be asked. */
  pace(name: string, request: SharedPaceRequest): Promise<SharedPlace | undefined>;
}
