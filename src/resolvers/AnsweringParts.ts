import type { AnswerParts } from '../answer/answerOperation.js';
import type { SharedStore } from '../cache/SharedStore.js';
import type { GraphClient } from '../graph/GraphClient.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import type { LearnedOptions } from '../run/learned/LearnedOptions.js';
import type { RunningChanges } from '../writes/RunningChanges.js';
import type { ReadService } from './resolve.js';
import type { WriteContext } from './WriteContext.js';

/** What all answers of a process are made with. */
export interface AnsweringParts extends AnswerParts {
  readonly client: GraphClient;
  readonly learned: LearnedOptions;
  readonly names: ProductNames;
  /** Key under which cursors are signed. */
  readonly cursorKey: string;
  /** Whether Graph sees the application itself, which is not a user. */
  readonly readsAsApplication: boolean;
  /** Results of changes with an idempotency key. */
  readonly store: SharedStore;
  /** Changes under way, which outlast their callers. */
  readonly running: RunningChanges;
  readonly licenseUsagePath: string;
  /** How old what Graph reads may be, in milliseconds. */
  readonly replicationLagMs: number;
  readonly random: () => number;
  /** Notes the outcome of a change in the log. */
  readonly report: WriteContext['report'];
  readonly readService: ReadService;
}
