import type { JsonObject } from '../mapping/mappingTypes.js';

/** How execution reads Graph. Everything asked for in one turn of the event loop leaves as one wave. */
export interface GraphReader {
  /** The body that a path of the service root answers; rejects with a GraphError. */
  read(path: string, eventual: boolean): Promise<unknown>;
  /** A directory object by its id; undefined where there is none of that id and type. */
  readObject(collection: string, id: string, select: readonly string[]): Promise<JsonObject | undefined>;
  /** The path that an `@odata.nextLink` leads to; throws where it leads away from the service root. */
  pathOfNextLink(nextLink: string): string;
}
