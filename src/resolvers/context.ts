import type { Cursors } from '../execution/Cursors.js';
import type { GraphReader } from '../execution/GraphReader.js';
import type { GraphUsage } from '../graph/GraphUsage.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import type { PlannedOperation } from '../planner/planDocument.js';
import type { WriteContext } from './WriteContext.js';
import type { ShapedObject } from '../execution/shapeResult.js';

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
  /** The plan that was made when the operation was checked, before anything ran. */
  planned: PlannedOperation | undefined;
  /** The answer to all root fields, once the first of them has asked for it. */
  answer: Promise<ShapedObject> | undefined;
}
