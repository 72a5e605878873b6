/** Relations to one object with a path of its own. */
import type { NavigationField } from '../../mapping/mappingTypes.js';
import { mappingOf } from '../../mapping/schemaMapping.js';
import type { Expand, ODataQuery } from '../odata/ODataQuery.js';
import { isGuid, printIdSegment } from '../odata/printOData.js';
import type { RelationPlan, Source } from '../plan.js';
import type { RelationDraft } from './draft.js';
import { fillPath } from './fillPath.js';
import { makeCall, relationPlan, selectList, type Planning } from './planCall.js';

function leavesByItself({ source }: RelationPlan): boolean {
  return source.kind === 'call' && source.calls.length + source.countCalls.length > 0;
}

/** A call is left out where only relations of the object are asked for that can leave without it. */
function isNeeded(draft: RelationDraft, expands: readonly Expand[], relations: readonly RelationPlan[]): boolean {
  const wanted = [...draft.types.values()].some((type) => type.properties.size > 0);
  return wanted || expands.length > 0 || !relations.some(leavesByItself);
}

/** The address in the collection of its type, of an object that is read by another path and has relations of its own. */
function canonicalAddress(field: NavigationField, collection: string | undefined, id: unknown): string | undefined {
  if (field.rows !== 'canonical' || collection === undefined || typeof id !== 'string') return undefined;
  return field.path === `${collection}/{id}` ? undefined : `${collection}/${printIdSegment(id)}`;
}

/** The plan of one object. Raises a PlanningError for an id that cannot stand in a path. */
export function planOne(draft: RelationDraft, field: NavigationField, planning: Planning): RelationPlan {
  const resource = fillPath(field.path ?? '', draft.args);
  const named = field.path?.includes('{') === true || field.path === '/me';
  const { target, expands } = planning.planTarget(draft.types, { fact: field.fact, known: named, expanded: false });
  const properties = Object.values(target).flatMap((type) => type.properties);
  const relations = Object.values(target).flatMap((type) => type.relations);
  const select = selectList(properties);
  const { id } = draft.args;
  const collection = mappingOf(field.target === 'DirectoryObject' ? 'UnknownDirectoryObject' : field.target).collection;
  const address = canonicalAddress(field, collection, id);
  // Relations that leave under the canonical address say nothing of whether the object is there by this path.
  const needed = !named || address !== undefined || isNeeded(draft, expands, relations);
  const isDirectory = collection === '/users' || collection === '/groups' || collection === '/devices';
  if (isDirectory && typeof id === 'string' && isGuid(id) && expands.length === 0) {
    const source: Source = {
      kind: 'objects',
      ids: [id.toLowerCase()],
      type: field.target,
      collection,
      select,
      read: needed,
    };
    return relationPlan(draft, source, target);
  }
  const query: ODataQuery = { select: field.fact.options.includes('select') ? select : undefined, expand: expands };
  const { rows, ownedBy, parentTypes } = field;
  const call = makeCall(resource, query, { rows, ownedBy, parentTypes, known: named, needed, address });
  return relationPlan(draft, { kind: 'call', calls: [call], counted: false, countCalls: [] }, target);
}
