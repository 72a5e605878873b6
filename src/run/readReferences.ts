import type { BoundReferences, Reference } from '../bind/BoundOperation.js';
import type { EntityPlan, ReferencesStep } from '../compile/plan.js';
import { selectList } from '../compile/selectList.js';
import { isDirectoryType, mappingOf } from '../mapping/schemaMapping.js';
import { asError } from './failures.js';
import { readObjects } from './readObjects.js';
import { readReference, root, rowOf } from './readReference.js';
import { absent, RowList, type PromiseOrValue, type Row, type StepResult } from './Row.js';
import { boundOf, type Run } from './Run.js';

/** Where the references of each type stand that getByIds can read. */
function placesOfObjects(references: readonly (Reference | Error)[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  references.forEach((reference, place) => {
    if (reference instanceof Error || reference.mapping.kind !== 'root' || !isDirectoryType(reference.type)) return;
    const known = places.get(reference.type);
    if (known === undefined) places.set(reference.type, [place]);
    else known.push(place);
  });
  return places;
}

/** The objects of one type that references name, by position; read together where nothing has to be expanded in them. */
function readTogether(
  run: Run,
  entity: EntityPlan | undefined,
  ids: readonly string[],
): Promise<readonly (Row | null | Error)[]> | undefined {
  const step = entity?.steps[entity.type];
  const plan =
    step?.kind === 'one' && (step.query.expand ?? []).length === 0 ? step.target[step.field.target] : undefined;
  const { collection } = mappingOf(plan?.type ?? 'Query');
  if (step?.kind !== 'one' || plan === undefined || collection === undefined) return undefined;
  // Of objects of which relations alone are asked each is a step by itself, which finds out whether it is there.
  if (!step.needed && !step.joinsId) return undefined;
  const reading = readObjects(run, root, plan, collection, ids, selectList(['id', ...plan.select]));
  return reading.catch((error: unknown) => ids.map(() => asError(error)));
}

/** Objects of one type that are read together, and where their references stand. */
interface ReadTogether {
  readonly places: readonly number[];
  readonly reading: Promise<readonly (Row | null | Error)[]>;
}

/** The entities of references, by position. */
async function readEach(
  run: Run,
  references: readonly (Reference | Error)[],
  planOf: (type: string) => EntityPlan | undefined,
): Promise<readonly (Row | null | Error)[]> {
  const together = new Map<string, ReadTogether>();
  for (const [type, places] of placesOfObjects(references)) {
    if (places.length < 2) continue;
    const ids = places.map((place) => (references[place] as Reference).key);
    const reading = readTogether(run, planOf(type), ids);
    if (reading !== undefined) together.set(type, { places, reading });
  }
  const apart: { readonly place: number; readonly result: PromiseOrValue<StepResult> }[] = [];
  const found = references.map((reference, place): Row | null | Error => {
    if (reference instanceof Error) return reference;
    if (!together.has(reference.type)) {
      apart.push({ place, result: readReference(run, planOf(reference.type), reference) });
    }
    return null;
  });
  for (const { places, reading } of together.values()) {
    const read = await reading;
    places.forEach((place, index) => (found[place] = read[index] ?? null));
  }
  for (const { place, result } of apart) found[place] = rowOf(await result);
  return found;
}

const nobody: Pick<BoundReferences, 'references' | 'order'> = { references: [], order: [] };

/** The entities that the caller names; one that is malformed or cannot be read fails alone. */
export async function readReferences(run: Run, step: ReferencesStep): Promise<StepResult> {
  const { references, order } = boundOf(run, step.id, 'references') ?? nobody;
  const rows = await readEach(run, references, (type) => step.entities[type]);
  if (step.cardinality === 'list') return new RowList(order.map((place) => rows[place] ?? null));
  const [row = null] = rows;
  return row ?? absent;
}
