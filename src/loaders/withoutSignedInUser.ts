import type { GraphReader } from '../run/GraphReader.js';
import { GraphError } from '../graph/errors/GraphError.js';

/**
 * A reader for the application itself, which is not a user: what belongs to the signed-in user fails by itself, with words
 * that say why, and Graph, whose answer would be a plain 400, is not asked for it.
 */
export function withoutSignedInUser(reader: GraphReader): GraphReader {
  return {
    ...reader,
    read: async (path, eventual) => {
      if (belongsToUser(path)) throw new GraphError('BAD_USER_INPUT', nobodySignedIn);
      return reader.read(path, eventual);
    },
    readEach: async (paths, eventual) => {
      if (paths.some(belongsToUser)) throw new GraphError('BAD_USER_INPUT', nobodySignedIn);
      return reader.readEach(paths, eventual);
    },
  };
}

function belongsToUser(path: string): boolean {
  return /^\/me(?![\w-])/.test(path);
}

const nobodySignedIn =
  'Nobody is signed in: this gateway reads as the application (GRAPH_AUTH=app). Ask for user(id:), or use obo.';
