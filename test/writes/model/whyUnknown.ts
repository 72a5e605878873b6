import { stallName } from '../support/faultKinds.js';
import { committedKinds, isAbout, type Call, type History } from './checkHistory.js';

/** What was behind an outcome that was not known. */
export type WhyUnknown =
  /** Its absence proves nothing: a request that was sent may still be carried out. */
  | 'was never carried out'
  | 'was carried out after the last look'
  | 'was carried out, and another undid it before the look'
  | 'was carried out, and reading failed'
  /** The gateway should have found out. */
  | 'was in effect all the time';

/** The truth about a call with the outcome UNKNOWN. */
export function whyUnknown({ commits, faults }: History, call: Call): WhyUnknown {
  const alike = commits.filter((commit) => isAbout(call.wants, commit));
  // A swap is done with its last step.
  const kind = committedKinds[call.wants.kind].at(-1);
  const own = alike.filter((commit) => commit.by === call.by && commit.kind === kind);
  const [first] = own;
  if (first === undefined) return 'was never carried out';
  const others = alike.filter(({ by, at }) => by !== call.by && at > first.at && at <= call.responded);
  if (others.length > 0) return 'was carried out, and another undid it before the look';
  // The last look comes some time before the answer; on a busy machine a late commit falls between the two.
  const wasLate = faults[call.by]?.includes('commit after the time-out') === true;
  if (first.at > call.responded || wasLate) return 'was carried out after the last look';
  const keptFromReading = ['reading fails', stallName];
  return faults[call.by]?.some((fault) => keptFromReading.includes(fault)) === true
    ? 'was carried out, and reading failed'
    : 'was in effect all the time';
}
