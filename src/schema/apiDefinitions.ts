import { Kind, print, visit } from 'graphql';
import { typeDefinitions } from './typeDefinitions.js';

/** Directives that the GraphQL specification knows; tools for clients need not know any other. */
const specified = new Set(['deprecated', 'specifiedBy', 'oneOf']);

/**
 * The plain SDL of the API for tools of clients, such as relay-compiler: `license-gateway print-schema --api`. What is said
 * to routers and caches alone is left out.
 */
export function apiDefinitions(): string {
  const onlyForDirectives = new Set<string>();
  const definitions = visit(typeDefinitions(), {
    SchemaExtension: () => null,
    DirectiveDefinition(node) {
      for (const { type } of node.arguments ?? [])
        if (type.kind === Kind.NAMED_TYPE) onlyForDirectives.add(type.name.value);
      return null;
    },
    Directive: ({ name }) => (specified.has(name.value) ? undefined : null),
  });
  const api = visit(definitions, {
    EnumTypeDefinition: ({ name }) => (onlyForDirectives.has(name.value) ? null : undefined),
  });
  return `${print(api)}\n`;
}
