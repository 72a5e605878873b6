/** What became of the question whether a collection is whole. */
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
  isAsking: boolean;
  isScheduled: boolean;
}

/**
 * Lets one collection of a run at a time find out whether expansions come whole: of those that are doubtful at one moment
 * the longest is asked for by its own path, since its answer tells of all that are shorter; the others wait for that.
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
      const trial = this.trials.get(place) ?? { waiting: [], isAsking: false, isScheduled: false };
      this.trials.set(place, trial);
      trial.waiting.push({ length, belief, resolve });
      this.schedule(place, trial);
    });
  }

  /** The answer has come, whatever it was. */
  asked(place: string): void {
    const trial = this.trials.get(place);
    if (trial === undefined) return;
    trial.isAsking = false;
    this.schedule(place, trial);
  }

  /** Answers of one batch arrive in one turn of the event loop, and are judged together after it. */
  private schedule(place: string, trial: Trial): void {
    if (trial.isScheduled || trial.isAsking) return;
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
    open.sort((a, b) => b.length - a.length);
    const [longest, ...others] = open;
    if (longest === undefined) {
      this.trials.delete(place);
      return;
    }
    trial.waiting.push(...others);
    trial.isAsking = true;
    longest.resolve('ask');
  }
}
