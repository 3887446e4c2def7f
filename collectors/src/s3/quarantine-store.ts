/** What is kept until a person sends it again: quarantined lines and records, and batches that Lambda gave up. */
import type { QuarantineEntry, QuarantinePort } from '../ports.ts';
import type { FailedBatch } from './failure-object.ts';

/** A line, or a whole record, that the collector set aside. */
export interface KeptEntry {
  readonly is: 'entry';
  readonly id: string;
  /** Where the adapter keeps it: an object key or a path. */
  readonly place: string;
  readonly entry: QuarantineEntry;
}

/** A batch that an event source mapping gave up, as its on-failure destination holds it. */
export interface KeptBatch {
  readonly is: 'batch';
  readonly id: string;
  readonly place: string;
  readonly batch: FailedBatch;
}

export type KeptItem = KeptEntry | KeptBatch;

/** Something in the store that is neither entry nor batch; it stays where it is. */
export interface UnreadableObject {
  readonly place: string;
  readonly why: string;
}

export interface KeptPage {
  readonly items: readonly KeptItem[];
  readonly unreadable: readonly UnreadableObject[];
}

/** All that is given must hold. */
export interface KeptFilter {
  readonly ids?: ReadonlySet<string>;
  /** Part of the reason, in any case. */
  readonly reason?: string;
  /** Set aside at this time or later, epoch milliseconds. */
  readonly since?: number;
  /** The log group as it is written; batches hold many and never match. */
  readonly group?: string;
}

export type Verdict =
  /** Nothing of it is to be sent again. */
  | { readonly item: KeptItem; readonly is: 'replayed' }
  /** It failed again; an entry takes the new reason, a batch stays as it is. */
  | { readonly item: KeptItem; readonly is: 'again'; readonly reason: string };

export interface QuarantineStore extends QuarantinePort {
  /**
   * Everything that is kept and matches, page by page, entries before batches; what this store itself writes meanwhile is
   * not part of it. After redelivery in another cut an id may come more than once.
   */
  pages(filter: KeptFilter): AsyncGenerator<KeptPage, void, void>;
  /**
   * Takes what was replayed out of the pages, and keeps it apart under `replayed/`. Expects verdicts of one page together;
   * killed at any moment it leaves each item in the pages, or replayed, or in both.
   */
  settle(verdicts: readonly Verdict[]): Promise<void>;
}

/** When it was set aside, epoch milliseconds. */
export function keptAt(item: KeptItem): number {
  return item.is === 'entry' ? item.entry.at : item.batch.at;
}

export function keptReason(item: KeptItem): string {
  if (item.is === 'entry') return item.entry.reason;
  const { condition, invocations } = item.batch;
  return `given up by Lambda: ${condition} after ${invocations} invocation${invocations === 1 ? '' : 's'}`;
}

/** Bytes that were kept. */
export function keptBytes(item: KeptItem): number {
  if (item.is === 'entry') return Buffer.byteLength(item.entry.raw, 'base64');
  return item.batch.event.Records.reduce(
    (sum, { kinesis }) => sum + Buffer.byteLength(kinesis.data, 'base64'),
    0,
  );
}

export function matches(item: KeptItem, { ids, reason, since, group }: KeptFilter): boolean {
  return (
    (ids === undefined || ids.has(item.id)) &&
    (since === undefined || keptAt(item) >= since) &&
    (group === undefined || (item.is === 'entry' && item.entry.origin.logGroup === group)) &&
    (reason === undefined || keptReason(item).toLowerCase().includes(reason.toLowerCase()))
  );
}
