import { property, required } from './fields.js';
import type { TypeMapping } from './mappingTypes.js';

/** A directory object of a type that the schema does not model. */
export const UnknownDirectoryObject: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: {
    id: required('id'),
    displayName: property('displayName'),
    odataType: property('@odata.type', (value) => String(value).replace(/^#/, '')),
  },
};
