import { isFinal, type AssigneeResult } from './Assigning.js';

const maxRemarks = 10;

/** Who waits for a seat needs no words of his own: there may be hundreds. */
function needsRemark({ outcome, message }: AssigneeResult): boolean {
  return message !== '' && outcome !== 'QUEUED';
}

/** What a run has come to so far. */
export class Tally {
  /** Who came out otherwise than with a final outcome. */
  failed = 0;
  private readonly counts: Record<string, number> = {};
  private readonly refusals: AssigneeResult[] = [];
  private readonly notes: AssigneeResult[] = [];
  private remarkable = 0;

  /** @param left how many have no result yet */
  constructor(public left: number) {}

  /** How often each code came up, in the order in which they did. */
  get codes(): Readonly<Record<string, number>> {
    return this.counts;
  }

  /** The first of those about whom there is something to say; who was refused before the others. */
  get remarks(): readonly AssigneeResult[] {
    return [...this.refusals, ...this.notes].slice(0, maxRemarks);
  }

  /** How many more of them there are. */
  get moreRemarks(): number {
    return this.remarkable - this.remarks.length;
  }

  add(results: readonly AssigneeResult[]): void {
    this.left -= results.length;
    for (const result of results) this.addOne(result);
  }

  private addOne(result: AssigneeResult): void {
    const isOpen = !isFinal(result);
    if (isOpen) this.failed += 1;
    for (const code of new Set(result.code.split(' '))) {
      if (code !== '') this.counts[code] = (this.counts[code] ?? 0) + 1;
    }
    if (!needsRemark(result)) return;
    this.remarkable += 1;
    const list = isOpen ? this.refusals : this.notes;
    if (list.length < maxRemarks) list.push(result);
  }
}
