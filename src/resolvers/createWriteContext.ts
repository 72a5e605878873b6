import type { AnswerEnvironment, AnswerParts } from '../answer/answerOperation.js';
import { look } from '../answer/look.js';
import type { SharedStore } from '../cache/SharedStore.js';
import type { GraphClient } from '../graph/GraphClient.js';
import type { GraphSession } from '../graph/GraphSession.js';
import { BatchedReader } from '../loaders/BatchedReader.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { Look } from '../writes/WriteEnvironment.js';
import type { RunningChanges } from '../writes/RunningChanges.js';
import type { WriteQuota } from '../writes/WriteQuota.js';
import type { WriteContext } from './WriteContext.js';

/** What the write context of a request is made of. */
export interface WriteParts {
  /** How questions are answered; there is no limit on ours. */
  readonly parts: AnswerParts;
  /** What an answer is made with, save for the reader. */
  readonly environment: Omit<AnswerEnvironment, 'openReader' | 'resolve'>;
  readonly client: GraphClient;
  /** Speaks for the caller, and does not abort when the caller hangs up. */
  readonly session: GraphSession;
  readonly random: () => number;
  readonly licenseUsagePath: string;
  readonly replicationLagMs: number;
  readonly store: SharedStore;
  readonly callerKey: string;
  /** Object id of the user who asks; undefined for an application. */
  readonly signedInUser: string | undefined;
  readonly quota: WriteQuota;
  readonly running: RunningChanges;
  readonly report: WriteContext['report'];
}

async function asksForAChange(): Promise<never> {
  throw new TypeError('A question makes no change.');
}

function lookWith({ parts, environment }: WriteParts, reader: GraphReader): Look {
  return (query, variables) =>
    look(
      { ...parts, limits: undefined },
      { ...environment, openReader: () => reader, resolve: asksForAChange },
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
