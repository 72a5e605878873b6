import { printSubgraphSchema } from '@apollo/subgraph';
import { parse, print, visit, type GraphQLSchema } from 'graphql';

/** What says something about this gateway's own answers, and nothing to a router. */
const ownHints = new Set(['cacheControl', 'CacheControlScope']);

/**
 * The SDL that routers compose: `_service { sdl }` and `license-gateway print-schema`. Hints of `@cacheControl` are left
 * out. Composition would drop them anyway (routers read the header `Cache-Control`), but keep the enum of their scope as
 * an unused type of the supergraph.
 */
export function publishedDefinitions(schema: GraphQLSchema): string {
  const leaveOutHints = (node: { readonly name: { readonly value: string } }): null | undefined =>
    ownHints.has(node.name.value) ? null : undefined;
  const published = visit(parse(printSubgraphSchema(schema)), {
    Directive: leaveOutHints,
    DirectiveDefinition: leaveOutHints,
    EnumTypeDefinition: leaveOutHints,
  });
  return `${print(published)}\n`;
}
