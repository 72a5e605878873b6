import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/GatewayConfig.js';
import type { OperationAnswer, RequestedOperation } from '../resolvers/Answering.js';
import type { GatewayContext } from '../resolvers/GatewayContext.js';
import type { Metrics } from '../telemetry/Metrics.js';
import type { Tracing } from '../telemetry/Tracing.js';
import type { PermissionLookup } from './errors/toExtensions.js';
import type { CallerSignal } from '../graph/CallerSignal.js';
import type { TrustedDocuments } from './TrustedDocuments.js';

/** What the server knows of a GraphQL request before anything of it is read. */
export interface ContextRequest {
  /** The Authorization header; several of them are joined by a comma, so that no one can slip a second one in. */
  readonly authorization: string | undefined;
  /** The trace that it belongs to, for log lines; undefined where there is none. */
  readonly traceId: string | undefined;
  /** Aborts when the caller hangs up, or when the server stops and waits no longer. */
  readonly signal: CallerSignal;
}

/**
 * Answers a valid operation. Refuses it by raising; anything with a published code becomes the status that its code stands
 * for, and nothing of the operation is answered.
 */
export type AnswerOperation = (
  request: RequestedOperation,
  context: GatewayContext,
) => OperationAnswer | Promise<OperationAnswer>;

/** Tells what a valid query would ask of Graph, in the place of its answer. Refuses what has no plan by raising. */
export type ExplainOperation = (request: RequestedOperation) => ExecutionResult;

/** The parts that the server is made of. */
export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly config: GatewayConfig;
  readonly log: Logger;
  /** Builds the context of one GraphQL request; an AuthError becomes a 401, 403 or 503 before anything is planned. */
  createContext(request: ContextRequest): Promise<GatewayContext>;
  /** Answers operations in the place of graphql-js; undefined: graphql-js executes the resolvers of the schema. */
  readonly answer?: AnswerOperation;
  /** Tells plans (`x-graph-explain: plan`); undefined: none are told. */
  readonly explain?: ExplainOperation;
  /** The permission that would have allowed a call that Graph forbade; shown with the error. */
  readonly permissionFor?: PermissionLookup;
  /** The only documents that are answered; undefined: all that fit the schema and the limits. */
  readonly trustedDocuments?: TrustedDocuments;
  /** Where events are recorded; default nowhere. */
  readonly metrics?: Metrics;
  /** Who follows operations; default nobody. */
  readonly tracing?: Tracing;
  /** Waits for that number of milliseconds while the server stops; default by the clock of this machine. */
  readonly delay?: (milliseconds: number) => Promise<void>;
  /** Whether new requests can be answered. */
  ready(): boolean;
}
