import type { Cursors } from '../answer/Cursors.js';
import { look } from '../answer/look.js';
import type { GraphSession } from '../graph/GraphSession.js';
import { BatchedReader } from '../loaders/BatchedReader.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { Look } from '../writes/WriteEnvironment.js';
import type { AnsweringParts } from './AnsweringParts.js';
import type { Asker } from './Asker.js';
import type { WriteContext } from './WriteContext.js';

/** What the write context of a request is made of. */
export interface WriteParts
  extends
    Omit<AnsweringParts, 'limits' | 'cursorKey' | 'readsAsApplication' | 'readService'>,
    Pick<Asker, 'callerKey' | 'signedInUser' | 'quota'> {
  readonly cursors: Cursors;
  /** Speaks for the caller, and does not abort when the caller hangs up. */
  readonly session: GraphSession;
}

async function asksForAChange(): Promise<never> {
  throw new TypeError('A question makes no change.');
}

/** There is no limit on questions of our own. */
function lookWith(parts: WriteParts, reader: GraphReader): Look {
  const { schema, compiled, cursors, names, learned, callerKey } = parts;
  return (query, variables) =>
    look(
      { schema, compiled, limits: undefined },
      { cursors, names, learned, callerKey, openReader: () => reader, resolve: asksForAChange },
      query,
      variables,
    );
}

const readBackMs = 10_000;

/** A write that has left is carried to its end, also past the deadline; its outcome has to be read then. */
function withTimeToReadBack(session: GraphSession, now: number): GraphSession {
  return { ...session, deadline: Math.max(session.deadline, now + readBackMs) };
}

/** What the mutations of one request work with; costs nothing until one does. */
export function createWriteContext(parts: WriteParts): WriteContext {
  const { client, session, running, replicationLagMs } = parts;
  const freshReader = (): GraphReader => new BatchedReader(client, session);
  const readerBack = (): GraphReader => new BatchedReader(client, withTimeToReadBack(session, client.clock.now()));
  return {
    readerBack,
    running,
    store: parts.store,
    callerKey: parts.callerKey,
    report: parts.report,
    environment: {
      serviceRoot: client.serviceRoot.href.replace(/\/$/, ''),
      signedInUser: parts.signedInUser,
      licenseUsagePath: parts.licenseUsagePath,
      replicationLagMs,
      send: (operations) => client.sendWave(operations, session),
      lookAfresh: () => lookWith(parts, freshReader()),
      lookBack: () => lookWith(parts, readerBack()),
      isStopping: () => running.isStopping,
      quota: parts.quota,
      clock: client.clock,
      random: parts.random,
      deadline: session.deadline,
    },
  };
}
