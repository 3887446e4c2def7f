/** The collector's handler: takes a batch apart, makes everything durable in order and answers how far it came. */
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { BatchSummary } from './batch-summary.ts';
import { type Delivery, deliver } from './delivery/deliver.ts';
import { type Patience, persist } from './delivery/patience.ts';
import { retryPoint } from './delivery/retry-point.ts';
import type { KeyedSignal } from './kinds/kind.ts';
import { KINDS } from './kinds/registry.ts';
import { type CollectorOptions, resolveOptions } from './options.ts';
import type { CollectorPorts } from './ports.ts';
import { quarantineLine } from './quarantine/quarantine-entry.ts';
import { type BatchEntry, type ShapedBatch, shapeBatch } from './route/shape-batch.ts';
import { batchSignals } from './signals/batch-signals.ts';

/** What the collector reads of Lambda's context. */
export interface RemainingTime {
  getRemainingTimeInMillis(): number;
}

export type Collector = (
  event: KinesisStreamEvent,
  context?: RemainingTime,
) => Promise<KinesisStreamBatchResponse>;

/** Kept of an invocation's time for the answer and for the signals, milliseconds. */
const RESERVE_MS = 2_000;

/**
 * A handler for an event source mapping with `ReportBatchItemFailures`. Whatever a batch holds, it resolves: with no
 * failure when every line is durable and its signals are put, otherwise with the sequence number to begin again from.
 * @throws CollectorOptionsError at once, when an option is out of range.
 */
export function createCollector(ports: CollectorPorts, options: CollectorOptions = {}): Collector {
  const settings = resolveOptions(options);
  return async (event, context) => {
    const records = event.Records;
    const begun = ports.clock();
    const left =
      context === undefined ? settings.retryBudgetMs : context.getRemainingTimeInMillis() - RESERVE_MS;
    const patience: Patience = { ...ports, deadline: begun + left };
    // Trail signals are put when both channels are settled, so business gets no more than its budget.
    const businessPatience = { ...patience, deadline: begun + Math.min(left, settings.retryBudgetMs) };

    const batch = shapeBatch(records, KINDS, settings, begun);
    // The trail's call leaves first, and neither channel waits for the other's retries.
    const [trail, business] = await Promise.all([
      deliver(batch.trail, ports.trailIndex ?? ports.index, patience),
      deliver(batch.business, ports.index, businessPatience),
    ]);
    const quarantine = [...batch.quarantine, ...rejections(records, [trail, business], begun)];
    const kept = await putQuarantine(quarantine, ports, patience);

    const failedTrail = [...trail.undelivered, ...(kept ? [] : quarantine)].map(({ record }) => record);
    const failed = new Set([...failedTrail, ...business.undelivered.map(({ record }) => record)]);
    const due = dueSignals(batch, firstOf(failedTrail), firstOf(failed));
    const put = await putSignals(due, ports);
    if (!put) for (const position of records.keys()) failed.add(position);

    const retryFrom = retryPoint(records, failed);
    ports.observe?.({
      ...account(records, batch, trail, business, kept ? quarantine : []),
      signals: put ? due.length : 0,
      ...(retryFrom === undefined ? {} : { retryFrom }),
    });
    return { batchItemFailures: retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }] };
  };
}

function rejections(
  records: readonly KinesisStreamRecord[],
  deliveries: readonly Delivery[],
  at: number,
): readonly BatchEntry[] {
  return deliveries.flatMap(({ rejected }) =>
    rejected.flatMap(({ parcel: { record, line }, reason }) => {
      const kinesis = records[record];
      if (kinesis === undefined) return [];
      return [{ record, whole: false, entry: quarantineLine(line, `index: ${reason}`, kinesis, at) }];
    }),
  );
}

/** Whether all entries are durable. */
async function putQuarantine(
  quarantine: readonly BatchEntry[],
  ports: CollectorPorts,
  patience: Patience,
): Promise<boolean> {
  if (quarantine.length === 0) return true;
  try {
    await persist(() => ports.quarantine.put(quarantine.map(({ entry }) => entry)), patience);
    return true;
  } catch {
    return false; // its records are delivered again, which the summary says
  }
}

/**
 * The signals to put now: those of records before the first that failed, since the ones behind it come again with
 * their records. A business index that is down holds back no trail signal.
 */
function dueSignals(
  batch: ShapedBatch,
  firstFailedTrail: number,
  firstFailed: number,
): readonly KeyedSignal[] {
  return batch.signals.filter(
    ({ record, signal }) => record < (signal.kind === 'trail' ? firstFailedTrail : firstFailed),
  );
}

/** Whether all are durable. */
async function putSignals(due: readonly KeyedSignal[], ports: CollectorPorts): Promise<boolean> {
  if (due.length === 0) return true;
  try {
    await ports.signals.put(batchSignals(due));
    return true;
  } catch {
    return false; // the whole batch is delivered again, which the summary says
  }
}

function firstOf(failed: Iterable<number>): number {
  return Math.min(Number.POSITIVE_INFINITY, ...failed);
}

function account(
  records: readonly KinesisStreamRecord[],
  batch: ShapedBatch,
  trail: Delivery,
  business: Delivery,
  kept: readonly BatchEntry[],
): Omit<BatchSummary, 'signals' | 'retryFrom'> {
  const durable = {
    business: business.created + business.repeated,
    trail: trail.created + trail.repeated,
    platform: batch.platform,
    quarantined: kept.filter(({ whole }) => !whole).length,
  };
  const settled = durable.business + durable.trail + durable.platform + durable.quarantined;
  return {
    ...durable,
    records: records.length,
    unreadable: batch.quarantine.filter(({ whole }) => whole).length,
    controlMessages: batch.controlMessages,
    lines: batch.lines,
    undelivered: batch.lines - settled,
    repeated: business.repeated + trail.repeated,
  };
}
