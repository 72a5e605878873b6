import { isLoopback } from '../network/isLoopback.js';
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

/** What a stand-in for Graph writes into its links when it replays what Graph has said. */
const publicOrigin = 'https://graph.microsoft.com';

/** Whether a link is of the service by its origin: in its own name, in Graph's public one, or in another of this machine. */
function isOfService(link: URL, root: URL): boolean {
  if (link.username !== '' || link.password !== '') return false;
  if (link.origin === root.origin || link.origin === publicOrigin) return true;
  const isSameMachine = isLoopback(link.hostname) && isLoopback(root.hostname);
  return isSameMachine && link.protocol === root.protocol && link.port === root.port;
}

/**
 * What stands behind the service root in nearly every link: reading a URL would find the same path and query in it. The slash
 * at its beginning ends the host and the version before it, so that no longer name can pass for them.
 */
const plainRest = /^\/[\w/-]+\?[\w$&=%.,;:()*+!~/-]+$/;

/** A path behind the origin: with two slashes, or with a backslash, which is as good as one, it would begin with a host. */
const isWholePath = /^\/(?![/\\])/;

/**
 * The path of the next page, relative to the service root, whose own host is asked for it whatever host the link names. A link
 * to another origin, with credentials, or to another version of the API is refused: what it leads to is not this list. One that
 * is not plain is compared parsed, because prefixes of the text can be imitated (`graph.microsoft.com.example`,
 * `graph.microsoft.com@example`). Graph's links are whole URLs; one that is relative, which OData knows too, is followed where
 * it is a whole path.
 */
export function pathOfNextLink(serviceRoot: URL, nextLink: string): string {
  const prefix = serviceRoot.pathname.replace(/\/$/, '');
  const root = serviceRoot.origin + prefix;
  const rest = nextLink.startsWith(root) ? nextLink.slice(root.length) : '';
  if (plainRest.test(rest)) return rest;
  const base = isWholePath.test(nextLink) ? serviceRoot.origin : undefined;
  if (!URL.canParse(nextLink, base)) throw refuse();
  const link = new URL(nextLink, base);
  // Graph's paths have no case.
  const isInside = link.pathname.toLowerCase().startsWith(`${prefix.toLowerCase()}/`);
  if (!isOfService(link, serviceRoot) || !isInside || climbs(link.pathname)) throw refuse();
  return link.pathname.slice(prefix.length) + link.search;
}
