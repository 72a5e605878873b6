import { GraphQLError } from 'graphql';
import type { Row } from '../../execution/Row.js';
import { shapeRow, type ShapeContext, type ShapedObject } from '../../execution/shapeResult.js';
import { mappingOf } from '../../mapping/schemaMapping.js';
import type { SelectedField, Selection } from '../../planner/selection/Selection.js';
import type { SaidObject } from '../../writes/WriteResult.js';

/** A replica of Graph does not know yet what was written; the object is there all the same. */
function notReadableYet(field: string): GraphQLError {
  return new GraphQLError(
    `Microsoft Graph has made the change, and does not show ${field} of the object yet. Ask again.`,
    { extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } },
  );
}

/** The selected fields whose values are among what Graph said of the object. */
function saidFields({ type, object }: SaidObject, selection: Selection): readonly SelectedField[] {
  const { fields } = mappingOf(type);
  return (selection.byType.get(type) ?? []).filter(({ name }) => {
    const field = fields[name];
    return (field?.kind === 'property' || field?.kind === 'complex') && object[field.property] !== undefined;
  });
}

/** Whether Graph's own answer holds everything that is selected. */
export function isAllSaid(said: SaidObject, selection: Selection): boolean {
  return saidFields(said, selection).length === (selection.byType.get(said.type) ?? []).length;
}

/**
 * The object of a payload: what Graph said of it, for that is newer than what a replica may show, and for the rest what
 * reading has found; an error stands where neither has a value.
 */
export function shapeSaid(
  context: ShapeContext,
  said: SaidObject,
  selection: Selection,
  read: ShapedObject | Error | null,
): ShapedObject {
  const { type, object } = said;
  const row: Row = {
    type,
    address: undefined,
    parent: undefined,
    data: object,
    failure: undefined,
    unexpanded: false,
    relations: new Map(),
  };
  const fields = saidFields(said, selection);
  const shaped = shapeRow(context, row, { byType: new Map([[type, fields]]) }) ?? {};
  const others = selection.byType.get(type)?.filter((field) => !fields.includes(field)) ?? [];
  if (read !== null && !(read instanceof Error)) return { ...read, ...shaped };
  const missing = others.map(({ responseKey, name }) => [responseKey, read ?? notReadableYet(name)] as const);
  return { ...Object.fromEntries(missing), ...shaped };
}
