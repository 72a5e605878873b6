import type { AnswerEnvironment } from '../answer/answerOperation.js';
import type { GraphSession } from '../graph/GraphSession.js';
import type { WriteQuota } from '../writes/WriteQuota.js';

/** Who asks, and until when the answer is wanted. */
export interface Asker {
  readonly session: GraphSession;
  /** Tells callers apart: tenant and object id, or the empty text for the application itself. */
  readonly callerKey: string;
  /** Object id of the user who asks; undefined for an application. */
  readonly signedInUser: string | undefined;
  /** Paces the changes in the caller's tenant. */
  readonly quota: WriteQuota;
  /** The trace that the request belongs to, for the log; undefined where there is none. */
  readonly traceId?: string | undefined;
  /** Lets the operation wait its turn; absent: it need not. */
  readonly admit?: AnswerEnvironment['admit'];
}
