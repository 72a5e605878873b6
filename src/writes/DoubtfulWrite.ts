import type { GraphError } from '../graph/errors/GraphError.js';

/** One look at what a write changes. */
export type Sight<Evidence> =
  { readonly kind: 'in effect'; readonly evidence: Evidence } | { readonly kind: 'unchanged' | 'changed' | 'nothing' };

/** A write without a result yet. */
export interface OpenWrite {
  readonly position: number;
  /** Which of the requests is tried. */
  readonly path: number;
  readonly repeats: number;
  /** What attempts before leave open: one that was turned away may have been carried out, a lost one may be so yet. */
  readonly doubt: 'none' | 'turned away' | 'lost';
  /** Whether an instance of Graph was not available to the attempt before. */
  readonly wasUnavailable: boolean;
}

/** A write whose answer does not settle its outcome. */
export interface DoubtfulWrite<Evidence> {
  readonly write: OpenWrite;
  readonly error: GraphError;
  /** How long to wait, in milliseconds, before it is sent again; undefined where it was not turned away, or there is no time. */
  readonly repeatDelay: number | undefined;
  /** What was seen since, look by look; undefined where one failed. */
  readonly sights: readonly (Sight<Evidence> | undefined)[];
}

/** Another writer was at the same object, or has locked it (423): nothing was written, and a repeat may succeed. */
export function isContention({ code, graph }: GraphError): boolean {
  return code === 'CONFLICT' && (graph.status === 423 || /concurren/i.test(graph.code ?? ''));
}

/** Graph answered that it would not serve just now: throttling and 503, both of which have been seen after a commit. */
export function wasTurnedAway(error: GraphError): boolean {
  return error.code === 'THROTTLED' || (error.code === 'UPSTREAM_UNAVAILABLE' && error.graph.status === 503);
}

/** Whether sending again may help. */
export function mayPass(error: GraphError): boolean {
  return isContention(error) || wasTurnedAway(error);
}

/** Whether Graph has said that the write was not made, and no attempt before it leaves a doubt. */
export function isCertainRefusal({ write, error }: Pick<DoubtfulWrite<unknown>, 'write' | 'error'>): boolean {
  return error.outcomeKnown && write.doubt === 'none';
}

/** How long to wait, in milliseconds, before the next look: replicas may lag, and Graph may ask for more time. */
export function pauseAfterLook(
  { error, repeatDelay = 0, sights }: DoubtfulWrite<unknown>,
  replicationLagMs: number,
): number {
  // Of two writers at once neither waits for replicas before it tries again: Graph has said that nothing was written.
  const mayHurry = isContention(error) && sights.length === 1;
  return mayHurry ? repeatDelay : Math.max(replicationLagMs, repeatDelay);
}

/**
 * Whether what is there is what was there before, so that sending again overwrites nobody. After Graph has said that the
 * write was not made, what others wrote meanwhile does not matter: it comes after them.
 */
export function isAsBefore(doubtful: DoubtfulWrite<unknown>): boolean {
  const last = doubtful.sights.at(-1)?.kind;
  if (last !== 'unchanged') return last === 'changed' && isCertainRefusal(doubtful);
  return doubtful.sights.every((sight) => sight === undefined || sight.kind === 'unchanged');
}

/** Whether it is certain that a write was not made: Graph has said so, or has turned it away, and it is not there. */
export function isCertainlyNotMade(doubtful: DoubtfulWrite<unknown>): boolean {
  const { write, error } = doubtful;
  if (isCertainRefusal(doubtful)) return true;
  const saysNo = wasTurnedAway(error) || (error.outcomeKnown && !mayBeOurOwnDoing(error));
  return write.doubt !== 'lost' && saysNo && isAsBefore(doubtful);
}

/** The write as it is sent again after a failure. */
export function nextAttempt(write: OpenWrite, error: GraphError): OpenWrite {
  const doubt = error.outcomeKnown ? 'none' : wasTurnedAway(error) ? 'turned away' : 'lost';
  return {
    ...write,
    repeats: write.repeats + 1,
    doubt: write.doubt === 'lost' || doubt === 'none' ? write.doubt : doubt,
    wasUnavailable: error.code === 'UPSTREAM_UNAVAILABLE',
  };
}

/**
 * A repeat that finds nothing to change any more, or finds there what it was to create: the attempt before may have done
 * that, also where reading does not show it (yet), or another.
 */
function mayBeOurOwnDoing(error: GraphError): boolean {
  return error.code === 'NOT_FOUND' || (error.code === 'CONFLICT' && !isContention(error));
}
