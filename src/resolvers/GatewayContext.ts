import type { AnswerEnvironment } from '../answer/answerOperation.js';
import type { Cursors } from '../answer/Cursors.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import type { WriteContext } from './WriteContext.js';

/** What the answer to one GraphQL request is made with; the server makes one for each request and shares nothing. */
export interface GatewayContext {
  /** What the request has cost so far. */
  readonly usage: GraphUsage;
  /** Opens what reads Graph as the caller of this request. */
  readonly openReader: () => GraphReader;
  readonly cursors: Cursors;
  /** Tells callers apart. */
  readonly callerKey: string;
  /** Lets the operation wait its turn; undefined: it need not. */
  readonly admit: AnswerEnvironment['admit'];
  /** What mutations work with. */
  readonly writes: WriteContext;
}
