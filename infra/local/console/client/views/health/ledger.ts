/** Is anything lost? What was written, what is indexed, and what that leaves on its way. */
import type { ConsoleState, Delivery } from '../../../view.ts';
import { wholeText } from '../../parts/time-text.ts';

export interface LedgerLine {
  readonly kind: string;
  readonly written: number;
  readonly indexed: number;
  readonly onTheWay: number;
}

export interface Ledger {
  readonly lines: readonly LedgerLine[];
  readonly total: LedgerLine;
  readonly quarantined: number;
  /** Written, and neither indexed nor put aside. */
  readonly missing: number;
  readonly verdict: string;
  /** Something is missing for longer than its way takes. */
  readonly isAmiss: boolean;
}

/** Milliseconds without progress after which what is on its way is doubted; a batch waits for a few of them. */
const DOUBT_MS = 20_000;

/** `stillMs`: for how long nothing more was indexed although something is missing. */
export function ledgerOf(
  { delivery, facts, unreadable }: Pick<ConsoleState, 'delivery' | 'facts' | 'unreadable'>,
  stillMs: number,
): Ledger {
  const kinds = Object.keys(delivery.written) as (keyof Delivery['written'])[];
  const lines = kinds.map((kind) => lineOf(kind, delivery.written[kind], delivery.indexed[kind] ?? 0));
  const total = {
    kind: 'all',
    written: sum(lines, 'written'),
    indexed: sum(lines, 'indexed'),
    onTheWay: sum(lines, 'onTheWay'),
  };
  const { lag, quarantined } = facts.pipeline;
  const missing = Math.max(0, total.onTheWay - quarantined - unreadable);
  const isAmiss = missing > 0 && lag === 0 && stillMs > DOUBT_MS;
  const verdict = verdictOf({ total, missing, lag, quarantined, isAmiss });
  return { lines, total, quarantined, missing, verdict, isAmiss };
}

interface Reckoning extends Pick<Ledger, 'total' | 'missing' | 'quarantined' | 'isAmiss'> {
  readonly lag: number;
}

function verdictOf({ total, missing, lag, quarantined, isAmiss }: Reckoning): string {
  if (total.written === 0) return 'Nothing has been written since the stack was started.';
  const aside =
    quarantined > 0 ? ` ${wholeText(quarantined)} could not be read and are kept in quarantine.` : '';
  if (missing === 0) return `Nothing is lost: all that was written is indexed.${aside}`;
  if (isAmiss)
    return `${wholeText(missing)} written have not arrived, and nothing waits in the stream.${aside}`;
  const waiting = lag > 0 ? `, ${wholeText(lag)} of the stream’s records waiting` : '';
  return `Nothing is lost: of ${wholeText(total.written)} written, ${wholeText(missing)} on the way${waiting}.${aside}`;
}

function lineOf(kind: string, written: number, indexed: number): LedgerLine {
  // An index that an earlier run has filled holds more than this run has written.
  return { kind, written, indexed, onTheWay: Math.max(0, written - indexed) };
}

function sum(lines: readonly LedgerLine[], field: 'written' | 'indexed' | 'onTheWay'): number {
  return lines.reduce((total, line) => total + line[field], 0);
}
