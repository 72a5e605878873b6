import { GraphError } from './errors/GraphError.js';

function refuse(): GraphError {
  return new GraphError(
    'UPSTREAM_BAD_RESPONSE',
    'Microsoft Graph led to a next page outside of its own service; the link was not followed.',
  );
}

/** Whether a server that unpacks `%2f` before it looks at the path would be led upwards. */
function climbs(pathname: string): boolean {
  return pathname.split(/[/\\]|%2f|%5c/i).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
}

/**
 * What stands behind the service root in nearly every link: reading a URL would find the same path and query in it. The slash
 * at its beginning ends the host and the version before it, so that no longer name can pass for them.
 */
const plainRest = /^\/[\w/-]+\?[\w$&=%.,;:()*+!~/-]+$/;

/**
 * The path of the next page, relative to the service root. A link to another origin, with credentials, or to another
 * version of the API is refused: a token must not follow it. One that is not plain is compared parsed, because prefixes of the
 * text can be imitated (`graph.microsoft.com.example`, `graph.microsoft.com@example`).
 */
export function pathOfNextLink(serviceRoot: URL, nextLink: string): string {
  const prefix = serviceRoot.pathname.replace(/\/$/, '');
  const root = serviceRoot.origin + prefix;
  const rest = nextLink.startsWith(root) ? nextLink.slice(root.length) : '';
  if (plainRest.test(rest)) return rest;
  if (!URL.canParse(nextLink)) throw refuse();
  const link = new URL(nextLink);
  const isOurs = link.origin === serviceRoot.origin && link.username === '' && link.password === '';
  if (!isOurs || !link.pathname.startsWith(`${prefix}/`) || climbs(link.pathname)) throw refuse();
  return link.pathname.slice(prefix.length) + link.search;
}
