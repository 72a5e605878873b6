/**
 * How many letters have to be put in, left out, changed or swapped with their neighbour to make one name of the other
 * (optimal string alignment).
 */
export function countEdits(from: string, to: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = isSwap ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(change, swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
}

/** The known name that is most like a mistyped one; undefined when none is alike. */
export function suggestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, edits: countEdits(name, candidate) }));
  const best = ranked.sort((left, right) => left.edits - right.edits)[0];
  return best !== undefined && best.edits <= Math.ceil(name.length / 3) ? best.candidate : undefined;
}
