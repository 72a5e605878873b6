import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { parse, print, visit } from 'graphql';
import { typeDefinitions, type SchemaOptions } from './typeDefinitions.js';

/** What says something about this gateway's own answers, and nothing to a router. */
const ownHints = new Set(['cacheControl', 'CacheControlScope']);

/**
 * The SDL that routers compose: `_service { sdl }` and `license-gateway print-schema`. Hints of `@cacheControl` are left
 * out. Composition would drop them anyway (routers read the header `Cache-Control`), but keep the enum of their scope as
 * an unused type of the supergraph. Throws where the SDL of `schema/` is not a valid subgraph.
 */
export function publishedDefinitions(options: SchemaOptions = {}): string {
  const leaveOutHints = (node: { readonly name: { readonly value: string } }): null | undefined =>
    ownHints.has(node.name.value) ? null : undefined;
  const schema = buildSubgraphSchema([{ typeDefs: typeDefinitions(options) }]);
  const published = visit(parse(printSubgraphSchema(schema)), {
    Directive: leaveOutHints,
    DirectiveDefinition: leaveOutHints,
    EnumTypeDefinition: leaveOutHints,
  });
  return `${print(published)}\n`;
}
