/** Directory objects by ids that the query lists. */
import type { ByIdsField } from '../../mapping/mappingTypes.js';
import { mappingOf } from '../../mapping/schemaMapping.js';
import { isGuid } from '../odata/printOData.js';
import { PlanningError } from '../PlanningError.js';
import type { RelationPlan, Source } from '../plan.js';
import type { RelationDraft } from './draft.js';
import { relationPlan, selectList, type Planning } from './planCall.js';

/** The plan of objects by id. Raises a PlanningError for too many ids, or one that is no object id. */
export function planByIds(draft: RelationDraft, field: ByIdsField, planning: Planning): RelationPlan {
  const { limits } = planning;
  const ids = Array.isArray(draft.args.ids) ? draft.args.ids.map(String) : [];
  if (ids.length > limits.maxIds) {
    throw new PlanningError(`${draft.name}: ${ids.length} ids are too many, ${limits.maxIds} at the most.`);
  }
  const wrong = ids.find((id) => !isGuid(id));
  if (wrong !== undefined) {
    throw new PlanningError(`${draft.name}: ${JSON.stringify(wrong.slice(0, 80))} is not an object id (a GUID).`);
  }
  const { target } = planning.planTarget(draft.types, { fact: undefined, known: true, expanded: false });
  const type = target[field.type];
  const source: Source = {
    kind: 'objects',
    ids: ids.map((id) => id.toLowerCase()),
    type: field.type,
    collection: mappingOf(field.type).collection ?? '',
    select: selectList(type?.properties ?? []),
    read: true,
  };
  return relationPlan(draft, source, target);
}
