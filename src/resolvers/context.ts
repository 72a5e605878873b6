import type { Cursors } from '../execution/Cursors.js';
import type { GraphReader } from '../execution/GraphReader.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import type { PlannedOperation } from '../planner/planDocument.js';
import type { WriteContext } from './WriteContext.js';
import type { ShapedObject } from '../execution/shapeResult.js';

/** What an operation will cost at the most, and who waits for it. */
export interface OperationEstimate {
  /** Operations of Graph. */
  readonly cost: number;
  /** Sequential round trips. */
  readonly waves: number;
  /** Background work gives way to people who wait. */
  readonly priority: 'interactive' | 'background';
}

/** What the resolvers of one GraphQL request may reach; the server makes one for each request and shares nothing. */
export interface GatewayContext {
  /** What the request has cost so far. */
  readonly usage: GraphUsage;
  /** Reads Graph as the caller of this request. */
  readonly graph: GraphReader;
  readonly cursors: Cursors;
  readonly names: ProductNames;
  /** What mutations work with. */
  readonly writes: WriteContext;
  /** Waits until the operation may run. Raises OVERLOADED where it could not be answered in time; nothing was sent then. */
  admit(estimate: OperationEstimate): Promise<void>;
  /** Says that the operation is over. */
  release(): void;
  /** The plan that was made when the operation was checked, before anything ran. */
  planned: PlannedOperation | undefined;
  /** The answer to all root fields, once the first of them has asked for it. */
  answer: Promise<ShapedObject> | undefined;
}
