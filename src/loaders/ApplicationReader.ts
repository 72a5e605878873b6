import { GraphQLError } from 'graphql';
import { BatchedReader } from './BatchedReader.js';

function belongsToUser(path: string): boolean {
  return /^\/me(?![\w-])/.test(path);
}

function nobodySignedIn(): GraphQLError {
  return new GraphQLError(
    'Nobody is signed in: this gateway reads as the application (GRAPH_AUTH=app). Ask for user(id:), or use obo.',
    { extensions: { code: 'NOT_SUPPORTED', retryable: false } },
  );
}

/**
 * A reader for the application itself, which is not a user: what belongs to the signed-in user fails by itself, with words
 * that say why, and Graph, whose answer would be a plain 400, is not asked for it.
 */
export class ApplicationReader extends BatchedReader {
  override async readEach(paths: readonly string[], eventual: boolean): Promise<readonly unknown[]> {
    if (paths.some(belongsToUser)) throw nobodySignedIn();
    return super.readEach(paths, eventual);
  }
}
