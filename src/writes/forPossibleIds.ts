import { isId, notAnId } from '../odata/printId.js';
import { rejected, type WriteResult } from './WriteResult.js';

/** Results by position: those of `act` for the texts that can be ids; every other is refused by itself. */
export async function forPossibleIds(
  ids: readonly string[],
  field: string,
  act: (possible: readonly string[]) => Promise<readonly WriteResult[]>,
): Promise<readonly WriteResult[]> {
  const possible = ids.filter(isId);
  const results = possible.length === 0 ? [] : await act(possible);
  const next = results.values();
  return ids.map((id) => {
    const result = isId(id) ? next.next().value : undefined;
    return result ?? rejected('INVALID', `${notAnId(id)}.`, ['input', field]);
  });
}
