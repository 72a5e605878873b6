import type { AssigneeResult } from './Assignment.js';
import type { ChunkAnswer } from './askGateway.js';

const groupBind = /\/groups\/([^/"]+)$/;

/** Ids of groups, in lower case, that planned requests would assign to. */
function groupsIn(bodies: readonly string[]): ReadonlySet<string> {
  return new Set(
    bodies.flatMap((body) => {
      const bind = (JSON.parse(body) as Record<string, unknown>)['assignedTo@odata.bind'];
      const id = typeof bind === 'string' ? groupBind.exec(bind)?.[1] : undefined;
      return id === undefined ? [] : [decodeURIComponent(id).toLowerCase()];
    }),
  );
}

/**
 * Gives out the free seats over a whole dry run. Each of its mutations counts from the same number of free seats, since
 * none of them takes any; so from the second on too many seem to get one.
 */
export class SeatCount {
  /** @param free seats of the allotment; undefined where that is not known, and nothing is corrected */
  constructor(private free: number | undefined) {}

  /** The results of the next mutation, as they would be after all those before. */
  correct({ results, plannedBodies }: ChunkAnswer): readonly AssigneeResult[] {
    const groups = groupsIn(plannedBodies);
    return results.map((result) => {
      const isGroup = groups.has(result.assigneeId.toLowerCase());
      return result.outcome === 'CREATED' && !isGroup && !this.takeSeat() ? waiting(result) : result;
    });
  }

  private takeSeat(): boolean {
    if (this.free === undefined) return true;
    this.free -= 1;
    return this.free >= 0;
  }
}

function waiting({ assigneeId }: AssigneeResult): AssigneeResult {
  const message = 'No seat is free; the assignment would wait for one.';
  return { assigneeId, outcome: 'QUEUED', code: 'NO_SEATS_LEFT', message };
}
