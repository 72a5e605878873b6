import type { Emulator } from '../../../src/emulator/index.js';
import { graphPaths } from '../../../src/mapping/graphPaths.js';
import { callGraph, readAll, type Json } from '../../emulator/support/callGraph.js';

/** Finds real objects behind the paths of the table. */
export class PathFinder {
  readonly #lists = new Map<string, Promise<readonly Json[]>>();

  constructor(private readonly graph: Emulator) {}

  /** A path of the tenant for one with `{id}`: a list that has rows, else an empty one; undefined where nothing is there. */
  async find(template: string): Promise<string | undefined> {
    const at = template.indexOf('{id}');
    if (at === -1) return (await callGraph(this.graph, template)).status === 200 ? template : undefined;
    let empty: string | undefined;
    for (const { id } of await this.list(template.slice(0, at - 1))) {
      const found = await this.find(template.replace('{id}', String(id)));
      if (found === undefined) continue;
      if (found.includes('/', at) && /s$/.test(found) && (await this.list(found)).length === 0) empty ??= found;
      else return found;
    }
    return empty;
  }

  private list(path: string): Promise<readonly Json[]> {
    const known = this.#lists.get(path) ?? readAll(this.graph, path);
    this.#lists.set(path, known);
    return known;
  }
}

/**
 * The paths that a row of the table stands for, with users, groups and devices for `{principal}`: those that have no row
 * of their own. Groups wait for no seat.
 */
export function templatesOf(path: string): readonly string[] {
  if (path.startsWith('/reports/')) return [`${path}(period='D7')`];
  if (!path.startsWith('/{principal}')) return [path];
  return ['users', 'groups', 'devices']
    .map((kind) => path.replace('{principal}', `${kind}/{id}`))
    .filter((each) => !(each in graphPaths) && !/groups.*waitingMembers/.test(each));
}
