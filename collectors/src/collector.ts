/** The collector's handler: takes a batch in, makes everything durable in order and answers how far it came. */
import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { ChannelEffort } from './batch-summary.ts';
import { BulkSender, type Delivery } from './delivery/bulk-sender.ts';
import type { Patience } from './delivery/patience.ts';
import { retryPoint } from './delivery/retry-point.ts';
import type { KeyedSignal } from './kinds/kind.ts';
import { type CollectorOptions, resolveOptions } from './options.ts';
import type { CollectorPorts } from './ports.ts';
import { QuarantineSender } from './quarantine/quarantine-sender.ts';
import { rejectedLines } from './route/rejected-lines.ts';
import { type Intake, takeIn } from './route/take-in.ts';
import { Workspaces } from './route/workspace.ts';
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
  const workspaces = new Workspaces(settings);
  return async (event, context) => {
    const records = event.Records;
    const begun = ports.clock();
    const left =
      context === undefined ? settings.retryBudgetMs : context.getRemainingTimeInMillis() - RESERVE_MS;
    const patience: Patience = { ...ports, deadline: begun + left };
    // Trail signals are put when both channels are settled, so business gets no more than its budget.
    const businessPatience = { ...patience, deadline: begun + Math.min(left, settings.retryBudgetMs) };

    const workspace = workspaces.borrow();
    const { bodies } = workspace;
    const quarantine = new QuarantineSender(ports.quarantine, patience);
    const senders = {
      trail: new BulkSender(ports.trailIndex ?? ports.index, patience, settings, bodies),
      business: new BulkSender(ports.index, businessPatience, settings, bodies),
      quarantine,
    };
    const intake = await takeIn(
      records,
      senders,
      workspace,
      { ...patience, businessDeadline: businessPatience.deadline },
      begun,
    );
    // The trail's last call leaves first, and neither channel waits for the other's retries.
    const [trail, business] = await Promise.all([senders.trail.settle(), senders.business.settle()]);
    for (const { record, entry } of rejectedLines(records, [trail, business], workspace, begun)) {
      quarantine.add(record, false, entry);
      if (quarantine.isFull) await quarantine.flush();
    }
    workspaces.giveBack(workspace);
    const kept = await quarantine.flush();

    const failedTrail = [
      ...trail.undeliveredRecords,
      ...kept.failedRecords,
      ...from(intake.unfinishedFrom, records.length),
    ];
    const failed = new Set([
      ...failedTrail,
      ...business.undeliveredRecords,
      ...from(intake.businessUnfinishedFrom, records.length),
    ]);
    const due = dueSignals(intake, firstOf(failedTrail), firstOf(failed));
    const put = await putSignals(due, ports);
    if (!put) for (const position of records.keys()) failed.add(position);

    const retryFrom = retryPoint(records, failed);
    const settled = {
      business: business.created + business.repeated,
      trail: trail.created + trail.repeated,
      platform: intake.platform,
      quarantined: kept.lines,
    };
    ports.observe?.({
      ...settled,
      records: records.length,
      unreadable: intake.unreadable,
      controlMessages: intake.controlMessages,
      lines: intake.lines,
      own: intake.own,
      undelivered: intake.lines - settled.business - settled.trail - settled.platform - settled.quarantined,
      repeated: business.repeated + trail.repeated,
      signals: put ? due.length : 0,
      ...(retryFrom === undefined ? {} : { retryFrom }),
      effort: {
        durationMs: ports.clock() - begun,
        ...arrivals(records),
        dataChars: records.reduce((sum, { kinesis }) => sum + (kinesis?.data?.length ?? 0), 0),
        bulk: { business: effortOf(business), trail: effortOf(trail) },
      },
    });
    return { batchItemFailures: retryFrom === undefined ? [] : [{ itemIdentifier: retryFrom }] };
  };
}

/**
 * The signals to put now: those of records before the first that failed, since the ones behind it come again with
 * their records. A business index that is down holds back no trail signal.
 */
function dueSignals(intake: Intake, firstFailedTrail: number, firstFailed: number): readonly KeyedSignal[] {
  return intake.signals.filter(
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

function* from(first: number, end: number): Generator<number> {
  for (let position = first; position < end; position++) yield position;
}

function firstOf(failed: Iterable<number>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const position of failed) first = Math.min(first, position);
  return first;
}

function effortOf(delivery: Delivery): ChannelEffort {
  const { calls, bytes, retries, halvings, callMs, failures, rejected, undelivered } = delivery;
  return { calls, bytes, retries, halvings, callMs, failures, rejected: rejected.length, undelivered };
}

function arrivals(records: readonly KinesisStreamRecord[]): {
  readonly oldestArrival: number | undefined;
  readonly newestArrival: number | undefined;
} {
  let oldest: number | undefined;
  let newest: number | undefined;
  for (const { kinesis } of records) {
    const seconds: unknown = kinesis?.approximateArrivalTimestamp;
    if (typeof seconds !== 'number' || !Number.isFinite(seconds)) continue;
    oldest = Math.min(oldest ?? seconds, seconds);
    newest = Math.max(newest ?? seconds, seconds);
  }
  return {
    oldestArrival: oldest === undefined ? undefined : oldest * 1000,
    newestArrival: newest === undefined ? undefined : newest * 1000,
  };
}
