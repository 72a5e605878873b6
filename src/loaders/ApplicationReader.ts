import { GraphError } from '../graph/errors/GraphError.js';
import { BatchedReader } from './BatchedReader.js';

function belongsToUser(path: string): boolean {
  return /^\/me(?![\w-])/.test(path);
}

const nobodySignedIn =
  'Nobody is signed in: this gateway reads as the application (GRAPH_AUTH=app). Ask for user(id:), or use obo.';

/**
 * A reader for the application itself, which is not a user: what belongs to the signed-in user fails by itself, with words
 * that say why, and Graph, whose answer would be a plain 400, is not asked for it.
 */
export class ApplicationReader extends BatchedReader {
  override async readEach(paths: readonly string[], eventual: boolean): Promise<readonly unknown[]> {
    if (paths.some(belongsToUser)) throw new GraphError('BAD_USER_INPUT', nobodySignedIn);
    return super.readEach(paths, eventual);
  }
}
