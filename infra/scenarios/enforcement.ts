/** Says from the clients' ledger when a cap held everywhere: after which no more was admitted than the cap allows. */
import type { LedgerEntry } from './clients/ledger.ts';

export interface CapInForce {
  /** Epoch ms. */
  readonly written: number;
  /** Requests a second, and at once. */
  readonly rate: number;
  readonly burst: number;
}

/** A request is decided on some time after it was sent, one sooner than the other. */
const DELIVERY_MS = 250;

/**
 * Sending time of the last request that was served although the cap, seen by all instances at once, would have
 * refused it; the time of the write when there is none. GCRA over the admitted requests, in the order sent.
 */
export function enforcedSince(entries: readonly LedgerEntry[], cap: CapInForce): number {
  const intervalMs = 1000 / cap.rate;
  const toleranceMs = (cap.burst - 1) * intervalMs + DELIVERY_MS;
  let enforced = cap.written;
  let theoreticalArrival = cap.written;
  const admitted = entries
    .filter(({ sent, status }) => sent >= cap.written && status !== 429 && status !== 0 && status < 500)
    .sort((a, b) => a.sent - b.sent);
  for (const { sent } of admitted) {
    if (sent >= theoreticalArrival - toleranceMs) {
      theoreticalArrival = Math.max(sent, theoreticalArrival) + intervalMs;
    } else enforced = sent;
  }
  return enforced;
}
