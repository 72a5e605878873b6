import type { GraphQLResolveInfo } from 'graphql';
import type { ArgumentValues } from '../compile/coerceArguments.js';
import type { JsonObject } from '../mapping/mappingTypes.js';
import type { GraphReader } from '../run/GraphReader.js';
import type { Resolved } from '../run/Run.js';
import type { GatewayContext } from './GatewayContext.js';
import { Mutation } from './mutations/Mutation.js';

/** What routers ask of a subgraph (federation: subgraph specification). */
export type ReadService = () => Promise<{ readonly sdl: string }>;

type Resolver = (
  source: object,
  args: ArgumentValues,
  context: GatewayContext,
  info: GraphQLResolveInfo,
) => Promise<object>;

/** Nothing here looks at where in the document it stands. */
const noInfo = undefined as unknown as GraphQLResolveInfo;

/** Calls the resolver of a field that is not a plain read: a change, or the schema for routers. */
export async function resolve(
  readService: ReadService,
  context: GatewayContext,
  type: string,
  field: string,
  args: ArgumentValues,
): Promise<Resolved> {
  if (type === 'Query' && field === '_service') return { data: { ...(await readService()) } };
  const resolver = (Mutation as unknown as Readonly<Record<string, Resolver>>)[field];
  if (type !== 'Mutation' || resolver === undefined) throw new Error(`${type}.${field} has no resolver.`);
  const { reader, ...data } = (await resolver({}, args, context, noInfo)) as JsonObject & {
    readonly reader?: GraphReader;
  };
  return reader === undefined ? { data } : { data, reader };
}
