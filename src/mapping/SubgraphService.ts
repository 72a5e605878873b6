import { required, withoutPath } from './fields.js';

/** GraphQL `_Service`: what routers read of this subgraph (federation: subgraph specification). */
export const SubgraphService = withoutPath({ sdl: required('sdl') });
