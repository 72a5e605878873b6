import type { JsonObject } from '../mapping/mappingTypes.js';

/** How execution reads Graph. Everything asked for in one turn of the event loop leaves as one wave. */
export interface GraphReader {
  /**
   * The body that a path of the service root answers; rejects with a GraphError.
   *
   * @param eventual whether it is an advanced query; default false
   */
  read(path: string, eventual?: boolean): Promise<unknown>;
  /** The bodies that paths answer, by position; an Error for one that failed. Costs less than as many single reads. */
  readEach(paths: readonly string[], eventual: boolean): Promise<readonly unknown[]>;
  /** A directory object by its id; undefined where there is none of that id and type. */
  readObject(collection: string, id: string, select: readonly string[]): Promise<JsonObject | undefined>;
  /**
   * Directory objects by their ids, GUIDs in lower case: by position; undefined for one that is not there, an Error for one
   * that could not be read.
   */
  readObjects(
    collection: string,
    ids: readonly string[],
    select: readonly string[],
  ): Promise<readonly (JsonObject | Error | undefined)[]>;
  /** The path that an `@odata.nextLink` leads to; throws where it leads away from the service root. */
  pathOfNextLink(nextLink: string): string;
}
