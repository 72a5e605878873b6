import { required } from './fields.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `_Service`: what routers read of this subgraph (federation: subgraph specification). */
export const SubgraphService: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: { sdl: required('sdl') },
};
