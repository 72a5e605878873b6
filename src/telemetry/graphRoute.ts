import { graphPaths } from '../mapping/graphPaths.js';

/** What Graph's paths are made of, beside ids: the segments of the paths that we know, and those of calls without a page. */
const words: ReadonlySet<string> = new Set([
  ...Object.keys(graphPaths).flatMap((path) => path.split('/')),
  ...['$batch', '$count', 'me', 'directoryObjects', 'getByIds', 'reprocessAssignments', 'azureADLicenseUsage'],
]);

/** `users` stays, an id becomes `{id}`, and so does what stands in parentheses as a key; arguments are left out. */
function templateOf(segment: string): string {
  const open = segment.indexOf('(');
  const name = open === -1 ? segment : segment.slice(0, open);
  if (!words.has(name)) return '{id}';
  const isKey = open !== -1 && !segment.includes('=', open);
  return isKey ? `${name}/{id}` : name;
}

/**
 * The template of a path of Graph, for a label: ids are `{id}`, so `/users/6fd2c87f/cloudLicensing/usageRights` is
 * `/users/{id}/cloudLicensing/usageRights`.
 *
 * @param path relative to the service root, without its query
 */
export function graphRoute(path: string): string {
  return path.split('/').map(templateOf).join('/');
}
