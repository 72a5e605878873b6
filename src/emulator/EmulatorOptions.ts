import type { WriteRules } from './answerWrite.js';
import type { Fault } from './Fault.js';
import type { PlayedFault } from './Fault.js';
import type { CommittedWrite } from './CommittedWrite.js';
import type { UndocumentedSwitch } from './undocumentedOptions.js';

/** An operation as its caller sent it; each part of a `$batch` is one of its own. */
export interface GraphCall {
  readonly method: string;
  /** With or without `/beta`, with or without a query. */
  readonly path: string;
  readonly authorization: string | undefined;
}

/** Why Graph refuses an operation, in Graph's own form. */
export interface GraphRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the emulator behaves; everything has a default. */
export interface EmulatorOptions {
  /** Size of the tenant; groups, devices and allotments follow from it. Default 200. */
  readonly users?: number;
  readonly seed?: number;
  /** Whether the tenant also holds the objects of the documentation's examples, on the first page of every list. Default true. */
  readonly documented?: boolean;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Rows of a page where `$top` does not say. Default 100. */
  readonly pageSize?: number;
  /** Rows of a page at the most, whatever `$top` says. Default 999. */
  readonly maxPageSize?: number;
  /** Items that a documented expanded collection brings; any number. Default 20. */
  readonly expandCap?: number;
  /** Whether an expanded collection that is cut off carries a nextLink. Default false, as in the directory. */
  readonly expandNextLinks?: boolean;
  /** Whether a filter inside an expansion drops the rows that do not match. Default false: OData leaves them in. */
  readonly filterInExpandDropsRows?: boolean;
  /** How options are answered that the metadata has and no page offers (`undocumentedOptions.ts`). Default `refused`. */
  readonly undocumented?: UndocumentedSwitch;
  /** Items that an undocumented expanded collection brings where it is `cut`. Default 7. */
  readonly undocumentedCap?: number;
  /**
   * Whether licensing paths word their errors as the service's design paper has it: lower camel case, and the telling
   * code in `innerError`. Default false: as in the directory.
   */
  readonly licensingErrors?: boolean;
  /**
   * What changes are refused for: what the pages tell of, or also what the service's design paper does (a direct assignment
   * where no seat is free, which waits otherwise; users without usageLocation; binds in an update). Default `pages`.
   */
  readonly writeRules?: WriteRules;
  /** Whether single licensing objects come as `{"value":{…}}`, as on seven pages. Default false. */
  readonly wrapSingleEntities?: boolean;
  /** Before an answer is made; default 3, so that requests which left together have all arrived by then. */
  readonly latencyMs?: number;
  /** For how long past states are kept, so that the fault `stale` can be played with lags up to this. Default 0. */
  readonly pastStatesMs?: number;
  /** Object id of `/me`; default the first user. */
  readonly signedInUser?: string;
  /** Object id of `/me` by the Authorization header of the operation; undefined means `signedInUser`. */
  readonly userOf?: (authorization: string | undefined) => string | undefined;
  /** Whether operations, changes and played faults are written down; what runs for days must not. Default true. */
  readonly logged?: boolean;
  /** Origin in nextLinks; default the emulator's own. */
  readonly publicUrl?: string;
  /** Judges every operation, also parts of batches; undefined lets it through. */
  readonly authorize?: (call: GraphCall) => GraphRefusal | undefined;
}

/** What an emulator can be told to do otherwise while it runs. */
export type EmulatorBehaviour = Pick<
  EmulatorOptions,
  | 'pageSize'
  | 'maxPageSize'
  | 'expandCap'
  | 'expandNextLinks'
  | 'filterInExpandDropsRows'
  | 'undocumented'
  | 'undocumentedCap'
  | 'licensingErrors'
  | 'writeRules'
  | 'wrapSingleEntities'
>;

/** One operation that the emulator has seen; batches are opened up. */
export interface LoggedOperation {
  readonly method: string;
  /** Path and query as sent, behind the service root. */
  readonly url: string;
  readonly status: number;
  /** Number of the batch it was part of; undefined for a plain request. */
  readonly batch: number | undefined;
  readonly wave: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Authorization header of the request, also of the one that carried a part of a batch. */
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** Ids of what is in the tenant. */
export interface TenantFacts {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly devices: readonly string[];
  readonly allotments: readonly string[];
  readonly assignments: readonly string[];
  readonly assignmentErrors: readonly string[];
  readonly skus: readonly string[];
  readonly signedInUser: string;
}

/** A Graph that listens on this machine. */
export interface Emulator {
  /** Service root, such as `http://127.0.0.1:41213/beta`. */
  readonly url: string;
  readonly tenant: TenantFacts;
  /** Exact counts since the last reset: a wave begins when an answer has been sent since the one before began. */
  usage(): { requests: number; operations: number; waves: number; bytes: number };
  log(): readonly LoggedOperation[];
  /** Changes of assignments that took effect since the last reset, in the order in which they did. */
  journal(): readonly CommittedWrite[];
  /** Scripted faults that were played since the last reset. */
  played(): readonly PlayedFault[];
  /** Resolves once no request is being served, also none whose caller has gone. */
  idle(): Promise<void>;
  /** Behaves otherwise from the next operation on, in what is named here. */
  change(behaviour: EmulatorBehaviour): void;
  /** Forgets counts, log, journal and faults. */
  reset(): void;
  /** Plays faults, each the number of times it says. */
  script(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}
