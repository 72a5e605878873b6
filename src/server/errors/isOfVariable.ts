import { Kind, type GraphQLError } from 'graphql';

/** Whether an error says that the value of a variable does not fit: then nothing of the operation was run. */
export function isOfVariable({ nodes }: GraphQLError): boolean {
  return nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
}
