import type { Assignee } from './assignmentRequests.js';
import { catchUp } from './catchUp.js';
import { has, holdersIn, type Holder } from './Holder.js';
import { lookAtSeatsLeft } from './lookAtAllotment.js';
import { tryLookAround } from './lookAround.js';
import { pairsOf } from './pairsOf.js';
import { Results } from './Results.js';
import type { Unread } from './tryLook.js';
import type { Look, WriteEnvironment } from './WriteEnvironment.js';
import type { WriteResult } from './WriteResult.js';

/** A change of what these have of an allotment; all results by position. */
export interface HoldersChange<Outcome extends string> {
  readonly allotmentId: string;
  readonly assignees: readonly Assignee[];
  /**
   * Makes the change for those who have an assignment.
   *
   * @param isLaterStep whether something of the change may have left before
   */
  change(holders: readonly Holder[], isLaterStep: boolean): Promise<readonly WriteResult<Outcome>[]>;
  /**
   * Answers those who have none.
   *
   * @param isMissing whether there is no allotment of that id at all
   */
  answerOthers(
    others: readonly Assignee[],
    isMissing: boolean,
  ): readonly WriteResult<Outcome>[] | Promise<readonly WriteResult<Outcome>[]>;
  /** What is said where it cannot be read who has one. */
  cannotRead(list: Unread): WriteResult<Outcome>;
}

/** Whether there is no such allotment; not so where that cannot be read. Asked where nobody has an assignment of it. */
export function lacksAllotment(look: Look, allotmentId: string): Promise<boolean> {
  return lookAtSeatsLeft(look, allotmentId).then(
    (seats) => seats === undefined,
    () => false,
  );
}

/** Such a change, on its way to a result for each. */
class HoldersRun<Outcome extends string> {
  private readonly results = new Results<Outcome>();
  private readonly begun: number;

  constructor(
    private readonly environment: WriteEnvironment,
    private readonly wanted: HoldersChange<Outcome>,
  ) {
    this.begun = environment.clock.now();
  }

  /** Results by position. */
  async run(): Promise<readonly WriteResult<Outcome>[]> {
    const { environment, wanted } = this;
    const { assignees } = wanted;
    const before = await tryLookAround(environment.lookAfresh(), wanted);
    if (before.kind !== 'read') return assignees.map(() => wanted.cannotRead(before));
    const holders = holdersIn(before.value, assignees);
    const late = this.findLate(assignees.filter((each) => !has(before, each)));
    await this.change(holders, false);
    await this.change(await late, holders.length > 0);
    return this.results.inOrder(assignees);
  }

  /** Those who have one after all; the others are answered. */
  private async findLate(others: readonly Assignee[]): Promise<readonly Holder[]> {
    if (others.length === 0) return [];
    const { environment, wanted } = this;
    const { allotmentId, assignees } = wanted;
    await catchUp(environment, this.begun);
    const look = environment.lookBack();
    const now = await tryLookAround(look, { allotmentId, assignees: others });
    if (now.kind !== 'read') {
      for (const assignee of others) this.results.set(assignee, wanted.cannotRead(now));
      return [];
    }
    const holders = holdersIn(now.value, others);
    const isNobodys = others.length === assignees.length && holders.length === 0;
    const isMissing = isNobodys && (await lacksAllotment(look, allotmentId));
    const without = others.filter((each) => !has(now, each));
    if (without.length > 0) this.answer(without, await wanted.answerOthers(without, isMissing));
    return holders;
  }

  private async change(holders: readonly Holder[], isLaterStep: boolean): Promise<void> {
    if (holders.length === 0) return;
    const results = await this.wanted.change(holders, isLaterStep);
    this.answer(
      holders.map(({ assignee }) => assignee),
      results,
    );
  }

  private answer(assignees: readonly Assignee[], results: readonly WriteResult<Outcome>[]): void {
    for (const [assignee, result] of pairsOf(assignees, results)) this.results.set(assignee, result);
  }
}

/**
 * Changes what these have of an allotment, and answers those who have nothing; results by position. A first look is a hint:
 * whom it does not show, a replica may not know of yet, and they are looked for again once replicas have caught up.
 */
export async function changeHolders<Outcome extends string>(
  environment: WriteEnvironment,
  wanted: HoldersChange<Outcome>,
): Promise<readonly WriteResult<Outcome>[]> {
  return wanted.assignees.length === 0 ? [] : new HoldersRun(environment, wanted).run();
}
