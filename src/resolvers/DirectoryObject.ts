import type { DirectoryObjectResolvers } from '../generated/resolversTypes.js';

/** Shaped objects carry the name of their type. */
export const DirectoryObject: DirectoryObjectResolvers = {
  __resolveType: (object) => object.__typename as 'User' | 'Group' | 'Device' | 'UnknownDirectoryObject',
};
