import { GraphQLError, type ValidationRule } from 'graphql';

/**
 * Refuses `_service { sdl }`, which tells as much as introspection and is not covered by it. Used where introspection is
 * off; the router's own operators take the SDL from `license-gateway print-schema`.
 */
export const hideSchemaDefinition: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== '_service' || context.getParentType() !== context.getSchema().getQueryType()) return;
    context.reportError(
      new GraphQLError('The schema cannot be read from this server: introspection is off.', {
        nodes: node,
        extensions: { validationErrorCode: 'INTROSPECTION_DISABLED' },
      }),
    );
  },
});
