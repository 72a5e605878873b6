import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { SharedStore } from '../cache/SharedStore.js';
import type { Cursors } from '../execution/Cursors.js';
import { executePlan } from '../execution/executePlan.js';
import type { GraphReader } from '../execution/GraphReader.js';
import { shapeRow } from '../execution/shapeResult.js';
import type { GraphClient } from '../graph/GraphClient.js';
import type { GraphSession } from '../graph/GraphSession.js';
import { createGraphReader } from '../loaders/graphLoader.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import { planDocument } from '../planner/planDocument.js';
import type { Answer, Look } from '../writes/WriteEnvironment.js';
import { RunningChanges } from '../writes/RunningChanges.js';
import type { WriteQuota } from '../writes/WriteQuota.js';
import type { WriteContext } from './WriteContext.js';

/** What the write context of a request is made of. */
export interface WriteParts {
  readonly schema: GraphQLSchema;
  readonly client: GraphClient;
  /** Speaks for the caller, and does not abort when the caller hangs up. */
  readonly session: GraphSession;
  readonly cursors: Cursors;
  readonly names: ProductNames;
  readonly random: () => number;
  readonly licenseUsagePath: string;
  readonly store: SharedStore;
  readonly callerKey: string;
  /** Object id of the user who asks; undefined for an application. */
  readonly signedInUser: string | undefined;
  readonly quota: WriteQuota;
  /** Default: some that nobody stops. */
  readonly running?: RunningChanges;
  readonly report: WriteContext['report'];
}

/** Questions are our own texts, and few. */
const documents = new Map<string, DocumentNode>();

function parsed(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  documents.set(query, document);
  return document;
}

function lookWith({ schema, cursors, names }: WriteParts, reader: GraphReader): Look {
  return async (query, variables): Promise<Answer> => {
    const planned = planDocument(schema, parsed(query), undefined, variables);
    if (planned === undefined) throw new TypeError(`Not a query: ${query}`);
    if (!('plan' in planned)) throw planned[0] ?? new TypeError(query);
    const root = await executePlan(planned.plan, reader, cursors);
    return shapeRow({ cursors, names }, root, { byType: new Map([['Query', planned.fields]]) }) ?? {};
  };
}

const readBackMs = 10_000;

/** A write that has left is carried to its end, also past the deadline; what became of it has to be read then. */
function withTimeToReadBack(session: GraphSession, now: number): GraphSession {
  return { ...session, deadline: Math.max(session.deadline, now + readBackMs) };
}

/** What the mutations of one request work with; costs nothing until one does. */
export function createWriteContext(parts: WriteParts): WriteContext {
  const { client, session, running = new RunningChanges() } = parts;
  const freshReader = (): GraphReader => createGraphReader(client, session);
  const readerBack = (): GraphReader => createGraphReader(client, withTimeToReadBack(session, client.clock.now()));
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
