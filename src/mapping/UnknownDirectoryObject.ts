import { property, required, withoutPath } from './fields.js';

/** A directory object of a type that the schema does not model. */
export const UnknownDirectoryObject = withoutPath({
  id: required('id'),
  displayName: property('displayName'),
  odataType: property('@odata.type', (value) => String(value).replace(/^#/, '')),
});
