import type { AssigneeResult } from './AssigneeResult.js';
import type { ChunkAnswer } from './askGateway.js';

const noSeat = 'NO_SEATS_LEFT';

/**
 * Gives out the free seats over a whole dry run. Each of its mutations counts from the same number of free seats, since
 * none of them takes any; so from the second on too many seem to get one.
 */
export class SeatCount {
  /** @param free seats of the allotment; undefined where that is not known, and nothing is corrected */
  constructor(private free: number | undefined) {}

  /** The results of the next mutation, as they would be after all those before. */
  correct({ results, seatTakers }: Pick<ChunkAnswer, 'results' | 'seatTakers'>): readonly AssigneeResult[] {
    return results.map((result) => (seatTakers.has(result.assigneeId) && !this.takeSeat() ? waiting(result) : result));
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
function waiting(result: AssigneeResult): AssigneeResult {
  const { assigneeId, outcome, code, message } = result;
  if (code.split(' ').includes(noSeat)) return result;
  const seatMessage = 'No seat is free; the assignment would wait for one.';
  return {
    assigneeId,
    outcome: outcome === 'SWAPPED' ? 'BOTH' : 'QUEUED',
    code: `${code} ${noSeat}`.trim(),
    message: `${seatMessage} ${message}`.trim(),
  };
}
