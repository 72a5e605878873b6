import type { GraphQLFieldResolver } from 'graphql';

/** The value that `shapeResult` put under the response key; an Error in its place becomes the error of the field. */
export const resolveShapedField: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  _args,
  _context,
  info,
) => source[info.path.key];
