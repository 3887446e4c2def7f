/** Says from the clients' own ledger when an attack first met its rule's thresholds: the moment that detection is timed from. */
import type { LedgerEntry } from './clients/ledger.ts';

/** The thresholds, read from the rule's data. */
export interface Thresholds {
  readonly attempts: number;
  readonly users: number;
  readonly windowMs: number;
}

/** Sending time of the failed login with which one address has reached both thresholds; undefined if none did. */
export function stuffingCrossed(
  entries: readonly LedgerEntry[],
  address: string,
  { attempts, users, windowMs }: Thresholds,
): number | undefined {
  const failed = entries
    .filter((entry) => entry.address === address && entry.route === 'POST /login' && entry.status === 401)
    .sort((a, b) => a.sent - b.sent);
  for (const [index, entry] of failed.entries()) {
    const window = failed.slice(0, index + 1).filter(({ sent }) => sent > entry.sent - windowMs);
    if (window.length >= attempts && new Set(window.map(({ user }) => user)).size >= users) return entry.sent;
  }
  return undefined;
}

/** Sending time of the answered request with which one user has reached `attempts` in a window; undefined if none did. */
export function noiseCrossed(
  entries: readonly LedgerEntry[],
  user: string,
  { attempts, windowMs }: Omit<Thresholds, 'users'>,
): number | undefined {
  const answered = entries
    .filter((entry) => entry.user === user && entry.status !== 429 && entry.route !== 'POST /login')
    .sort((a, b) => a.sent - b.sent);
  for (let index = attempts - 1; index < answered.length; index += 1) {
    const first = answered[index - attempts + 1];
    const last = answered[index];
    if (first !== undefined && last !== undefined && last.sent - first.sent < windowMs) return last.sent;
  }
  return undefined;
}
