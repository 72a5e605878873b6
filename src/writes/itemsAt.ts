/** The items at these positions. */
export function itemsAt<T>(items: readonly T[], positions: readonly number[]): readonly T[] {
  return positions.flatMap((position) => items[position] ?? []);
}
