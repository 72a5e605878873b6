import { getArgumentValues, visit, type FieldNode } from 'graphql';
import type { ValidQuery } from './ValidQuery.js';

/** After these, something is left to do. */
const openOutcomes: ReadonlySet<unknown> = new Set(['REJECTED', 'UNKNOWN', 'KEPT_OLD', 'BOTH']);

/** The outermost fields of an operation. */
function rootFields({ operation }: ValidQuery): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  visit(operation, {
    Field(node) {
      fields.push(node);
      return false;
    },
  });
  return fields;
}

function isDryRun(node: FieldNode, { schema, coerced }: ValidQuery): boolean {
  const field = schema.getMutationType()?.getFields()[node.name.value];
  const { input } = field === undefined ? {} : getArgumentValues(field, node, coerced);
  return (input as { readonly dryRun?: unknown } | undefined)?.dryRun === true;
}

/** How often each outcome came up that leaves something to do: of everybody in a bulk change, else of the one. */
function countOpen(payload: object): ReadonlyMap<string, number> {
  const { results } = payload as { readonly results?: unknown };
  const counts = new Map<string, number>();
  for (const each of Array.isArray(results) ? results : [payload]) {
    const { outcome } = (each ?? {}) as { readonly outcome?: unknown };
    if (openOutcomes.has(outcome)) counts.set(String(outcome), (counts.get(String(outcome)) ?? 0) + 1);
  }
  return counts;
}

/** What has to be said of a mutation beside its answer, in lines: which changes were dry runs, and what did not take effect. */
export function describeChanges(query: ValidQuery, data: unknown): readonly string[] {
  return rootFields(query).flatMap((node) => {
    const key = node.alias?.value ?? node.name.value;
    const payload = (data as Record<string, unknown> | null | undefined)?.[key];
    // Without one the change was refused, for its arguments perhaps: its errors say so.
    if (payload === undefined || payload === null) return [];
    const open = [...countOpen(payload)];
    return [
      ...(isDryRun(node, query) ? [`${key}: a dry run; nothing was changed`] : []),
      ...(open.length === 0 ? [] : [`${key}: ${open.map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`]),
    ];
  });
}
