import type { CallerSignal } from '../graph/CallerSignal.js';
import type { AccessToken, GraphSession } from '../graph/GraphSession.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import type { Flow } from '../graph/queue/Flow.js';
import type { Admission, Admitted } from './Admission.js';
import type { AdmissionRequest } from './Work.js';

/** Who asks, for one operation. */
export type Asking = Omit<GraphSession, 'flow' | 'sharesReads'> & Pick<AdmissionRequest, 'callerKey' | 'tenantId'>;

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

/** The session of one operation: its calls wait in the place that the operation is given when it is admitted. */
class AdmittedSession implements GraphSession {
  flow: Flow | undefined = undefined;
  readonly accessToken: AccessToken;
  readonly signal: CallerSignal;
  readonly deadline: number;
  readonly usage: GraphUsage;

  constructor({ accessToken, signal, deadline, usage }: Asking) {
    this.accessToken = accessToken;
    this.signal = signal;
    this.deadline = deadline;
    this.usage = usage;
  }
}

/** The session of one operation, and what lets it run: calls of the session wait in the place that it is given then. */
export function admitOperations(admission: Admission, asking: Asking) {
  const session = new AdmittedSession(asking);
  const begin = ({ flow, release }: Admitted): (() => void) => {
    session.flow = flow;
    return release;
  };
  return {
    session,
    /** Lets the operation run, at once or when it is its turn; gives what to call when it is over. Raises OverloadedError. */
    admit: ({ operations: cost, waves }: Estimate, { compiled }: Bound): (() => void) | Promise<() => void> => {
      const { callerKey, tenantId, signal, deadline } = asking;
      const isJob = compiled.root.type === 'Mutation' && cost > mostCostForPeople;
      const priority = isJob ? 'background' : 'interactive';
      const admitted = admission.admit({ cost, waves, callerKey, tenantId, signal, deadline, priority });
      return admitted instanceof Promise ? admitted.then(begin) : begin(admitted);
    },
  };
}
