import { expect, test } from 'vitest';
import { capGuard, GUARD_WINDOW_MS, noteActivity, type TenantActivity } from './blast-radius.ts';

function activityOf(principals: number, at: number): Map<string, TenantActivity> {
  const tenants = new Map<string, TenantActivity>();
  for (let n = 0; n < principals; n += 1) {
    const window = noteActivity(tenants, 'acme', at, -1);
    // Seen again within the window, a principal is not counted again.
    noteActivity(tenants, 'acme', at + 1, window);
  }
  return tenants;
}

test.each([
  [0, 10],
  [100, 10],
  [1_000, 50],
])('of %d active clients at most %d may be capped in a window', (active, max) => {
  expect(capGuard(activityOf(active, 0), 'acme', 1).guard).toEqual({ scope: 'acme', max });
});

test('a window that has just begun is measured by the one before, a longer pause by none', () => {
  const tenants = activityOf(1_000, 0);
  noteActivity(tenants, 'acme', GUARD_WINDOW_MS, 0);
  expect(capGuard(tenants, 'acme', GUARD_WINDOW_MS).guard.max).toBe(50);
  noteActivity(tenants, 'acme', 9 * GUARD_WINDOW_MS, 1);
  expect(capGuard(tenants, 'acme', 9 * GUARD_WINDOW_MS)).toEqual({
    window: '9',
    guard: { scope: 'acme', max: 10 },
  });
});

test('the clients of one tenant do not widen the bound of another', () => {
  expect(capGuard(activityOf(1_000, 0), 'other', 1).guard.max).toBe(10);
});
