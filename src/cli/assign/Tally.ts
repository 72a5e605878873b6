import { isFinal, type AssigneeResult } from './AssigneeResult.js';
import type { AnsweredAssignee } from './askGateway.js';

/** How often each outcome or code came up, in the order in which they did. */
export type Totals = Readonly<Record<string, number>>;

const maxRemarks = 10;

/** Who waits for a seat needs no words of his own: there may be hundreds. */
function needsRemark({ outcome, message }: AssigneeResult): boolean {
  return message !== '' && outcome !== 'QUEUED';
}

function countOne(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

/** What a run has come to so far. Who is named twice counts once, by what came of the first name. */
export class Tally {
  /** Who came out otherwise than with a final outcome. */
  failed = 0;
  /** How many results were about somebody who was counted before, under another name. */
  namesakes = 0;
  private readonly counted = new Set<string>();
  private readonly outcomes: Record<string, number> = {};
  private readonly errorCodes: Record<string, number> = {};
  private readonly refusals: AssigneeResult[] = [];
  private readonly notes: AssigneeResult[] = [];
  private remarkable = 0;

  /** @param left the number of names without a result */
  constructor(public left: number) {}

  /** Of the outcomes. */
  get totals(): Totals {
    return this.outcomes;
  }

  /** Of the codes of user errors. */
  get codes(): Totals {
    return this.errorCodes;
  }

  /** The first of those about whom there is something to say; who was refused before the others. */
  get remarks(): readonly AssigneeResult[] {
    return [...this.refusals, ...this.notes].slice(0, maxRemarks);
  }

  /** How many more of them there are. */
  get moreRemarks(): number {
    return this.remarkable - this.remarks.length;
  }

  add(results: readonly AnsweredAssignee[]): void {
    this.left -= results.length;
    for (const { person, takesSeat: _takesSeat, ...result } of results) {
      if (this.counted.has(person)) this.namesakes += 1;
      else this.addOne(result);
      this.counted.add(person);
    }
  }

  private addOne(result: AssigneeResult): void {
    countOne(this.outcomes, result.outcome);
    for (const code of new Set(result.code.split(' '))) if (code !== '') countOne(this.errorCodes, code);
    const isOpen = !isFinal(result);
    if (isOpen) this.failed += 1;
    if (!needsRemark(result)) return;
    this.remarkable += 1;
    const list = isOpen ? this.refusals : this.notes;
    if (list.length < maxRemarks) list.push(result);
  }
}
