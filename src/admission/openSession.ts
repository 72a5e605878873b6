import type { CallerSignal } from '../graph/CallerSignal.js';
import type { AccessToken, GraphSession } from '../graph/GraphSession.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import type { Flow } from '../graph/queue/Flow.js';
import type { Admission, Admitted, Release } from './Admission.js';
import type { AdmissionRequest } from './Work.js';

/** On whose behalf one operation runs, and until when. */
export type OperationCaller = Omit<GraphSession, 'flow' | 'sharesReads'> &
  Pick<AdmissionRequest, 'callerKey' | 'tenantId'>;

/** What is known of the operation once it is bound. */
interface Estimate {
  readonly operations: number;
  readonly waves: number;
}

interface Bound {
  readonly compiled: { readonly root: { readonly type: string } };
}

/** A change that costs more is a job that gives way to people, not one that somebody waits for: some 20 objects. */
const mostCostForPeople = 50;

/** A session whose flow comes when its operation is admitted. */
class AdmittedSession implements GraphSession {
  flow: Flow | undefined = undefined;
  readonly accessToken: AccessToken;
  readonly signal: CallerSignal;
  readonly deadline: number;
  readonly usage: GraphUsage;

  constructor({ accessToken, signal, deadline, usage }: OperationCaller) {
    this.accessToken = accessToken;
    this.signal = signal;
    this.deadline = deadline;
    this.usage = usage;
  }
}

/** A session, and what lets its operation run. */
export interface OpenedSession {
  readonly session: GraphSession;
  /** Lets the operation run, at once or when it is its turn; gives what to call when it is over. Raises OverloadedError. */
  readonly admit: (estimate: Estimate, bound: Bound) => Release | Promise<Release>;
}

/** Opens the session of one operation; its calls wait in the place that the operation is given when it is admitted. */
export function openSession(admission: Admission, caller: OperationCaller): OpenedSession {
  const session = new AdmittedSession(caller);
  const begin = ({ flow, release }: Admitted): Release => {
    session.flow = flow;
    return release;
  };
  return {
    session,
    admit: ({ operations: cost, waves }, { compiled }) => {
      const { callerKey, tenantId, signal, deadline } = caller;
      const isJob = compiled.root.type === 'Mutation' && cost > mostCostForPeople;
      const priority = isJob ? 'background' : 'interactive';
      const admitted = admission.admit({ cost, waves, callerKey, tenantId, signal, deadline, priority });
      return admitted instanceof Promise ? admitted.then(begin) : begin(admitted);
    },
  };
}
