/** Counts a tenant's active principals, so that no detector may cap more than a small share of them within one window. */
import type { CapCut } from '@trailgate/sdk/limits/table';
import { putEntry, useEntry } from './state/bounded-map.ts';

export interface TenantActivity {
  /** Number of the five-minute window, in event time. */
  window: number;
  /** Principals seen in it, and in the one before. */
  current: number;
  previous: number;
}

export const GUARD_WINDOW_MS = 300_000;
/** A tenant with few clients must still be protected from all of them. */
const LEAST_CAPS = 10;
const MOST_SHARE = 0.05;
const MAX_TENANTS = 1_000;

export function guardWindow(at: number): number {
  return Math.floor(at / GUARD_WINDOW_MS);
}

/**
 * Notes that a principal was active at `at`; `lastWindow` is the window in which it was noted last. Returns the window
 * to remember for it.
 */
export function noteActivity(
  tenants: Map<string, TenantActivity>,
  tenant: string,
  at: number,
  lastWindow: number,
): number {
  const window = guardWindow(at);
  const known = useEntry(tenants, tenant);
  const activity = known ?? { window, current: 0, previous: 0 };
  if (known === undefined) putEntry(tenants, MAX_TENANTS, tenant, activity);
  if (window > activity.window) {
    activity.previous = window === activity.window + 1 ? activity.current : 0;
    activity.current = 0;
    activity.window = window;
  }
  if (window === activity.window && lastWindow !== window) activity.current += 1;
  return window;
}

/** How many clients of the tenant may be capped in the window of the hit: 5 % of the active ones, 10 at least. */
export function capGuard(
  tenants: ReadonlyMap<string, TenantActivity>,
  tenant: string,
  at: number,
): Pick<CapCut, 'guard' | 'window'> {
  const activity = tenants.get(tenant);
  const active = Math.max(activity?.current ?? 0, activity?.previous ?? 0);
  return {
    window: String(guardWindow(at)),
    guard: { scope: tenant, max: Math.max(LEAST_CAPS, Math.floor(active * MOST_SHARE)) },
  };
}
