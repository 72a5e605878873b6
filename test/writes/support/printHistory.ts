import type { Call } from '../model/checkHistory.js';
import type { RunHistory } from './runHistory.js';

function printCall({ name, wants, invoked, responded, outcome, errors }: Call): string {
  return `${invoked.toFixed(1)}–${responded.toFixed(1)} ${name} ${JSON.stringify(wants)} → ${outcome} ${errors.join()}`;
}

/** A history that does not fit, with what is wrong, what took effect and what was told, in order of time. */
export function printHistory(seed: number, { calls, commits, faults }: RunHistory, wrong: readonly string[]): string {
  const lines = [
    ...commits.map(({ at, by, kind, id, allotmentId, assigneeId }) => ({
      at,
      text: `${at.toFixed(1)} ${by} ${kind} ${id} ${allotmentId} ${assigneeId}`,
    })),
    ...calls.map((call) => ({ at: call.responded, text: printCall(call) })),
  ];
  const story = lines.sort((one, other) => one.at - other.at).map(({ text }) => text);
  return [`seed ${seed}`, ...wrong, JSON.stringify(faults), ...story].join('\n');
}
