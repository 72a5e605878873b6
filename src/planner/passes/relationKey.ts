function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, canonical(inner)]),
  );
}

/**
 * The name under which the result of a relation is kept: the field with its arguments in a fixed order. `first` is left
 * out, because a shorter page is the beginning of a longer one, so both are served by the same call.
 */
export function relationKey(field: string, args: Readonly<Record<string, unknown>>): string {
  return printArguments(field, args, ['first']);
}

/** The list that a relation pages through, whatever the place in it: the field without `first` and `after`. */
export function relationScope(field: string, args: Readonly<Record<string, unknown>>): string {
  return printArguments(field, args, ['first', 'after']);
}

function printArguments(field: string, args: Readonly<Record<string, unknown>>, omitted: readonly string[]): string {
  const names = Object.keys(args).filter(
    (name) => !omitted.includes(name) && args[name] !== undefined && args[name] !== null,
  );
  const [only] = names;
  if (only === undefined) return field;
  const value = args[only];
  // An id and nothing else is what most fields are asked for by.
  if (names.length === 1 && typeof value === 'string') return `${field}({"${only}":${JSON.stringify(value)}})`;
  const kept = Object.fromEntries(names.map((name) => [name, args[name]]));
  return `${field}(${JSON.stringify(canonical(kept))})`;
}
