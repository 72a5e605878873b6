import type { AnsweredAssignee } from './askGateway.js';

const noSeat = 'NO_SEATS_LEFT';

/**
 * Gives out the free seats over a whole dry run. Each of its mutations counts from the same number of free seats, since
 * none of them takes any; so from the second on too many seem to get one.
 */
export class SeatCount {
  /** Whether there was a seat for each of those who need one: who is named twice needs one. */
  private readonly seated = new Map<string, boolean>();

  /** @param free seats of the allotment; undefined where that is not known, and nothing is corrected */
  constructor(private free: number | undefined) {}

  /** The results of the next mutation, as they would be after all those before. */
  correct(results: readonly AnsweredAssignee[]): readonly AnsweredAssignee[] {
    return results.map((result) => (result.takesSeat && !this.hasSeat(result.person) ? waiting(result) : result));
  }

  private hasSeat(person: string): boolean {
    const isSeated = this.seated.get(person) ?? this.takeSeat();
    this.seated.set(person, isSeated);
    return isSeated;
  }

  private takeSeat(): boolean {
    if (this.free === undefined) return true;
    this.free -= 1;
    return this.free >= 0;
  }
}

/**
 * What the gateway has said, but for the seat. Who would have the new one in the place of the old one would have both until a
 * seat is free.
 */
function waiting(result: AnsweredAssignee): AnsweredAssignee {
  const { outcome, code, message } = result;
  if (code.split(' ').includes(noSeat)) return result;
  const seatMessage = 'No seat is free; the assignment would wait for one.';
  return {
    ...result,
    outcome: outcome === 'SWAPPED' ? 'BOTH' : 'QUEUED',
    code: `${code} ${noSeat}`.trim(),
    message: `${seatMessage} ${message}`.trim(),
  };
}
