/** Says from the clients' ledger when a cap held everywhere: after which no more was admitted than the cap allows. */
import type { LedgerEntry } from './clients/ledger.ts';

export interface CapInForce {
  /** Epoch ms. */
  readonly written: number;
  /** Requests a second, and at once. */
  readonly rate: number;
  readonly burst: number;
}

/** Unused time that a shared bucket carries over (sdk/docs/limits.md), and what clocks may differ by, milliseconds. */
const SLACK_MS = 500;
const CLOCK_MS = 50;

/**
 * Sending time of the last request that was served although the cap, seen by all instances at once, would have
 * refused it; the time of the write when there is none. GCRA over the served requests: each was decided on at some
 * moment between its sending and its answer, and is only called late where no such moment would have allowed it.
 */
export function enforcedSince(entries: readonly LedgerEntry[], cap: CapInForce): number {
  const intervalMs = 1000 / cap.rate;
  const toleranceMs = (cap.burst - 1) * intervalMs + SLACK_MS + CLOCK_MS;
  let enforced = cap.written;
  let theoreticalArrival = cap.written;
  const served = entries
    .filter(({ sent, status }) => sent >= cap.written && status !== 429 && status !== 0 && status < 500)
    .sort((a, b) => a.sent - b.sent);
  for (const { sent, answered } of served) {
    const earliest = Math.max(sent, theoreticalArrival - toleranceMs);
    if (answered >= earliest) theoreticalArrival = Math.max(earliest, theoreticalArrival) + intervalMs;
    else enforced = sent;
  }
  return enforced;
}
