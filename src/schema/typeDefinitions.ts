import { parse, visit, type DocumentNode } from 'graphql';
import type { IdentityFields } from '../config/GatewayConfig.js';
import { readTypeDefinitions } from './readTypeDefinitions.js';

/** What can be chosen about the schema. */
export interface SchemaOptions {
  /** `owned`: no other subgraph may answer names, mail addresses and so on; they lose `@shareable`. */
  readonly identityFields?: IdentityFields;
}

/** Takes `@shareable` from fields. Types keep it: every subgraph with pages has the same `PageInfo`. */
function claimFields(document: DocumentNode): DocumentNode {
  return visit(document, {
    FieldDefinition: (field) => ({
      ...field,
      directives: (field.directives ?? []).filter(({ name }) => name.value !== 'shareable'),
    }),
  });
}

/** The SDL of the folder `schema/`, as the options want it. */
export function typeDefinitions({ identityFields = 'shared' }: SchemaOptions = {}): DocumentNode {
  const document = parse(readTypeDefinitions(), { noLocation: true });
  return identityFields === 'shared' ? document : claimFields(document);
}
