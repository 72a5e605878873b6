import { GraphQLError, type ASTVisitor, type FieldNode, type ValidationContext, type ValidationRule } from 'graphql';

/** `_service` is a field like any other elsewhere; names with two underscores are GraphQL's own wherever they stand. */
function tellsSchema({ name }: FieldNode, context: ValidationContext): boolean {
  if (name.value === '__schema' || name.value === '__type') return true;
  return name.value === '_service' && context.getParentType() === context.getSchema().getQueryType();
}

/**
 * Refuses introspection, and `_service { sdl }`, which tells as much. Used where introspection is off; the router's own
 * operators take the SDL from `license-gateway print-schema`.
 */
export const hideSchema: ValidationRule = (context): ASTVisitor => ({
  Field(node) {
    if (!tellsSchema(node, context)) return;
    context.reportError(
      new GraphQLError(
        'The schema cannot be read from this server: introspection is off. Its operator opens it with INTROSPECTION=on.',
        { nodes: node, extensions: { validationErrorCode: 'INTROSPECTION_DISABLED' } },
      ),
    );
  },
});
