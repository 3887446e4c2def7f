/** One flood of trail events: where it is counted, and what is known of it while it is folded. */
import type { TrailAction } from '../wire/record.ts';

/** Whose event it is. */
export interface FoldKey {
  readonly action: TrailAction;
  readonly tenant: string;
  /** Who is counted and capped; empty where nobody is known. */
  readonly principal: string;
  /** Who was tried: tells the events of one address apart where the action is about signing in. */
  readonly user: string;
}

/** An event and what a record of it stands for. */
export interface Folded<T> {
  /** The first of them. */
  readonly event: T;
  readonly count: number;
  /** Whose events: of `one`, of many `users` of one principal, or of many `principals` of one tenant. */
  readonly of: 'one' | 'users' | 'principals';
  /** Those of the many, as far as there was room; none for `one`. */
  readonly names: readonly string[];
}

/** Where events are counted: by action, tenant, and as narrow as `of` says. */
export interface Place {
  readonly id: string;
  readonly of: Folded<unknown>['of'];
  /** What the event that is placed here is called among the others; empty where there are none. */
  readonly child: string;
  /** The group around it. */
  readonly wider: Place | undefined;
}

export interface Flood<T> {
  readonly place: Place;
  /** Events written whole, of those that come without a minute's pause. */
  whole: number;
  folded: number;
  /** The first of those that are folded. */
  kept: T | undefined;
  readonly names: Set<string>;
  /** When a record of it was last written, milliseconds. */
  writtenAt: number;
  /** Records written about what is below it, in the second that began at `since`. */
  below: number;
  since: number;
}

/** The narrowest place of an event. */
export function foldPlace({ action, tenant, principal, user }: FoldKey): Place {
  const ofTenant = idOf(action, tenant);
  const ofPrincipal = idOf(ofTenant, principal);
  const tenants: Place = { id: ofTenant, of: 'principals', child: principal, wider: undefined };
  // Whoever tries passwords is one address and many users, and the users are what detectors count.
  if (!action.startsWith('authn_')) return { id: ofPrincipal, of: 'one', child: '', wider: tenants };
  const users: Place = { id: ofPrincipal, of: 'users', child: user, wider: tenants };
  return { id: idOf(ofPrincipal, user), of: 'one', child: '', wider: users };
}

/** The part stands behind its length, so that no part can pass for two. */
function idOf(wider: string, part: string): string {
  return `${wider} ${part.length}:${part}`;
}
