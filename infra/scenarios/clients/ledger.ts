/** What the clients themselves saw: the outside truth that the pipeline's numbers are held against. */

export type Actor = 'honest' | 'attacker' | 'probe';

export interface LedgerEntry {
  readonly actor: Actor;
  /** `METHOD /template/{id}` */
  readonly route: string;
  /** 0 when no answer came. */
  readonly status: number;
  /** Epoch ms when sent and when answered. */
  readonly sent: number;
  readonly answered: number;
  readonly address: string;
  /** User that was tried or that is signed in. */
  readonly user: string;
  readonly correlationId?: string;
}

export type RouteCounts = Record<string, Record<string, number>>;

/** Requests by route and status. */
export function countByRoute(entries: readonly LedgerEntry[]): RouteCounts {
  const counts: RouteCounts = {};
  for (const { route, status } of entries) addCount(counts, route, status, 1);
  return counts;
}

export function addCount(counts: RouteCounts, route: string, status: number | string, count: number): void {
  const row = counts[route] ?? {};
  row[status] = (row[status] ?? 0) + count;
  counts[route] = row;
}

/** All requests of a table of counts. */
export function total(counts: RouteCounts): number {
  return sum(Object.values(counts).flatMap((row) => Object.values(row)));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
