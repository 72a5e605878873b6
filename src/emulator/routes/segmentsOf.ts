import { badRequest } from '../GraphFailure.js';

/**
 * The decoded segments of a path. The key of a user may stand in parentheses behind `users`, and has to where it begins
 * with a `$`, which no segment can (Graph: get user).
 */
export function segmentsOf(path: string): readonly string[] {
  return path
    .slice(1)
    .split('/')
    .flatMap((encoded) => {
      const segment = decodeURIComponent(encoded);
      const [, collection, key] = /^(users)\('((?:[^']|'')*)'\)$/i.exec(segment) ?? [];
      if (collection !== undefined && key !== undefined) return [collection, key.replaceAll("''", "'")];
      if (segment.startsWith('$')) throw badRequest(`Resource not found for the segment '${segment}'.`);
      return [segment];
    });
}
