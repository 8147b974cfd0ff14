/** The scheme and host that windows load from. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://meterbook';
/** What other programs may open: `meterbook://open/<route>`. */
export const LINK_SCHEME = 'meterbook';

const MAX_LINK_LENGTH = 2_048;

/** Windows show our own pages and nothing else. Rule: reliability-and-security.md § 6 "Navigation". */
export function isAllowedNavigation(address: string): boolean {
  const url = parse(address);
  // The scheme is not special to the URL parser, so its origin reads `null`: its parts are compared.
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === 'meterbook' && url.username === '' && url.password === '';
}

/** What may be handed to the system's browser; null for everything else. */
export function safeExternalUrl(address: string): string | null {
  const url = parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url.href.length > MAX_LINK_LENGTH ? null : url.href;
}

/** A path as the router has it: `/customers/$id/usage`. */
export type RoutePattern = string;

/**
 * Where a deep link leads: a path of ours with its search string. Null for what names no screen. A link only ever navigates: it has no
 * way to say that something be done. Rule: ui.md § 5 "Deep links".
 */
export function routeOfLink(link: string, routes: readonly RoutePattern[]): string | null {
  const url = link.length > MAX_LINK_LENGTH ? null : parse(link);
  if (url?.protocol !== `${LINK_SCHEME}:` || url.host !== 'open') return null;
  const path = url.pathname === '' ? '/' : url.pathname;
  if (/%2f|%5c|%00|\\|\/\//i.test(path) || path.split('/').some((part) => part === '..' || part === '.')) return null;
  return routes.some((route) => matches(route, path)) ? `${path}${url.search}` : null;
}

function matches(route: RoutePattern, path: string): boolean {
  const wanted = route.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, index) => (part.startsWith('$') ? given[index] !== '' : part === given[index]))
  );
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
