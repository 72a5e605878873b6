/** Whether a collection is taken to be whole, or has to be asked for. */
export type Judgement = 'trusted' | 'ask';

/** What is held of a length at this moment: it is whole, it is cut off, or nobody knows. */
export type Belief = 'whole' | 'cut' | 'unknown';

interface Waiting {
  readonly length: number;
  readonly belief: () => Belief;
  readonly resolve: (judgement: Judgement) => void;
}

interface Trial {
  readonly waiting: Waiting[];
  /** Whose own paths are being asked. */
  asking: number;
  isScheduled: boolean;
}

/**
 * Lets the longest collections of a run find out whether expansions come whole: of those that are doubtful at one moment
 * they are asked for by their own paths, since that tells of all that are shorter, which wait for it. Of those that are
 * equally long it tells nothing: one may be whole, and the next one cut off just there.
 * Another run does not wait: the read that it would wait for may be slow, and has a deadline that is not its own.
 */
export class LengthTrials {
  private readonly trials = new Map<string, Trial>();

  /**
   * Whether a collection may be trusted or has to be asked for by its own path. Whoever is to ask has to call `asked`.
   *
   * @param place the path and the navigation that was expanded
   */
  judge(place: string, length: number, belief: () => Belief): Promise<Judgement> {
    return new Promise((resolve) => {
      const trial = this.trials.get(place) ?? { waiting: [], asking: 0, isScheduled: false };
      this.trials.set(place, trial);
      trial.waiting.push({ length, belief, resolve });
      this.schedule(place, trial);
    });
  }

  /** The answer has come, whatever it was. */
  asked(place: string): void {
    const trial = this.trials.get(place);
    if (trial === undefined) return;
    trial.asking -= 1;
    this.schedule(place, trial);
  }

  /** Answers of one batch arrive in one turn of the event loop, and are judged together after it. */
  private schedule(place: string, trial: Trial): void {
    if (trial.isScheduled || trial.asking > 0) return;
    trial.isScheduled = true;
    setImmediate(() => {
      trial.isScheduled = false;
      this.decide(place, trial);
    });
  }

  private decide(place: string, trial: Trial): void {
    const open: Waiting[] = [];
    for (const each of trial.waiting.splice(0)) {
      const belief = each.belief();
      if (belief === 'unknown') open.push(each);
      else each.resolve(belief === 'whole' ? 'trusted' : 'ask');
    }
    if (open.length === 0) {
      this.trials.delete(place);
      return;
    }
    const greatest = open.reduce((most, { length }) => Math.max(most, length), 0);
    for (const each of open) {
      if (each.length < greatest) trial.waiting.push(each);
      else {
        trial.asking += 1;
        each.resolve('ask');
      }
    }
  }
}
