import { whyUnknown } from '../model/whyUnknown.js';
import type { RunHistory } from './runHistory.js';

type Counts = Record<string, number>;

function add(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** What happened in many histories, counted. */
export class Tally {
  histories = 0;
  readonly faults: Counts = {};
  readonly outcomes: Counts = {};
  /** Codes of refusals. */
  readonly refusals: Counts = {};
  /** Why outcomes were not known: what had struck the call, and what was really behind it. */
  readonly unknown: Counts = {};
  /** Calls that repeated an earlier one with its key. */
  repeats = 0;

  add(history: RunHistory): void {
    const { calls, faults, played } = history;
    this.histories += 1;
    for (const name of played) add(this.faults, name);
    const seen = new Set<string>();
    for (const call of calls) {
      add(this.outcomes, call.outcome);
      if (call.outcome === 'REJECTED') add(this.refusals, call.errors.join());
      if (call.outcome === 'UNKNOWN') {
        add(this.unknown, `${[...new Set(faults[call.by])].join(' + ')}: ${whyUnknown(history, call)}`);
      }
      if (call.idempotencyKey === undefined) continue;
      const name = `${call.by} ${JSON.stringify(call.wants)}`;
      if (seen.has(name)) this.repeats += 1;
      seen.add(name);
    }
  }

  /** One line, for a closing note. */
  print(): string {
    const { histories, faults, outcomes, refusals, unknown, repeats } = this;
    return `histories: ${JSON.stringify({ histories, repeats, outcomes, refusals, faults, unknown })}`;
  }
}
