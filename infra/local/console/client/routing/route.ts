/** Which view an address of the page means, and the address of each view. */
import { EVERYTHING, readTrailQuery, type TrailQuery, writeTrailQuery } from './trail-query.ts';

export type Route =
  | { readonly view: 'live' }
  | { readonly view: 'trail'; readonly query: TrailQuery }
  | { readonly view: 'request'; readonly id: string }
  | { readonly view: 'finding'; readonly index: string; readonly id: string }
  /** `client` and `tenant` fill the form; empty for none. */
  | { readonly view: 'caps'; readonly tenant: string; readonly client: string }
  | { readonly view: 'rules' }
  | { readonly view: 'health' }
  | { readonly view: 'unknown'; readonly path: string };

/** Reads `location.hash`. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = split(hash.replace(/^#/, ''));
  const parts = decoded(path.replace(/^\//, '').split('/'));
  if (parts === undefined) return { view: 'unknown', path };
  const [view, first = '', second = ''] = parts;
  const count = parts.length;
  if (view === '' && count === 1) return { view: 'live' };
  if (view === 'trail' && count === 1) return { view: 'trail', query: readTrailQuery(query) };
  if (view === 'request' && count === 2 && first !== '') return { view: 'request', id: first };
  if (view === 'finding' && count === 3 && first !== '' && second !== '') {
    return { view: 'finding', index: first, id: second };
  }
  if (view === 'caps' && count === 1) {
    const given = new URLSearchParams(query);
    return { view: 'caps', tenant: given.get('tenant') ?? '', client: given.get('client') ?? '' };
  }
  if ((view === 'rules' || view === 'health') && count === 1) return { view };
  return { view: 'unknown', path };
}

/** The address of a view, for `href`: every part of it is escaped. */
export function hashOf(route: Exclude<Route, { view: 'unknown' }>): string {
  switch (route.view) {
    case 'live':
      return '#/';
    case 'trail':
      return withQuery('#/trail', writeTrailQuery(route.query));
    case 'request':
      return `#/request/${encodeURIComponent(route.id)}`;
    case 'finding':
      return `#/finding/${encodeURIComponent(route.index)}/${encodeURIComponent(route.id)}`;
    case 'caps': {
      const { tenant, client } = route;
      return withQuery('#/caps', client === '' ? '' : new URLSearchParams({ tenant, client }).toString());
    }
    case 'rules':
    case 'health':
      return `#/${route.view}`;
  }
}

/** The address of a search that asks for these things only. */
export function trailHash(asked: Partial<TrailQuery> = {}): string {
  return hashOf({ view: 'trail', query: { ...EVERYTHING, ...asked } });
}

/** Name of the view, for the title of the document. */
export function titleOf(route: Route): string {
  switch (route.view) {
    case 'live':
      return 'Live';
    case 'trail':
      return 'Trail';
    case 'request':
      return `Request ${route.id}`;
    case 'finding':
      return 'Finding';
    case 'caps':
      return 'Caps';
    case 'rules':
      return 'Rules';
    case 'health':
      return 'Health';
    case 'unknown':
      return 'No such view';
  }
}

function split(text: string): readonly [string, string] {
  const mark = text.indexOf('?');
  return mark === -1 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 1)];
}

function decoded(parts: readonly string[]): readonly string[] | undefined {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    // An escape that is none: no view has such an address.
    return undefined;
  }
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}
