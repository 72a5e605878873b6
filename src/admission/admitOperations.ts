import type { GraphSession } from '../graph/GraphSession.js';
import type { Flow } from '../graph/queue/Flow.js';
import type { Admission, Admitted } from './Admission.js';
import type { AdmissionRequest } from './Work.js';

/** Who asks, for one operation. */
export type Asking = Omit<GraphSession, 'flow'> & Pick<AdmissionRequest, 'callerKey' | 'tenantId'>;

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

/** The session of one operation, and what lets it run: calls of the session wait in the place that it is given then. */
export function admitOperations(admission: Admission, { callerKey, tenantId, ...session }: Asking) {
  const { signal, deadline } = session;
  let admitted: Admitted | undefined;
  return {
    session: {
      ...session,
      get flow(): Flow | undefined {
        return admitted?.flow;
      },
    },
    /** Waits until the operation may run; gives what to call when it is over. Raises OverloadedError. */
    admit: async ({ operations: cost, waves }: Estimate, { compiled }: Bound): Promise<() => void> => {
      const isJob = compiled.root.type === 'Mutation' && cost > mostCostForPeople;
      const priority = isJob ? 'background' : 'interactive';
      admitted = await admission.admit({ cost, waves, callerKey, tenantId, signal, deadline, priority });
      const { release } = admitted;
      return release;
    },
  };
}
