/** Takes a batch in, record after record: each line into the bulk body of its channel, the platform count or quarantine. */
import { type Channel, readHead } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { BulkBody } from '../delivery/bulk-body.ts';
import type { BulkSender } from '../delivery/bulk-sender.ts';
import type { Patience } from '../delivery/patience.ts';
import { sourceStream } from '../documents/provenance.ts';
import type { KeyedSignal } from '../kinds/kind.ts';
import type { LogLine } from '../log-line.ts';
import { quarantineLine, quarantineRecord } from '../quarantine/quarantine-entry.ts';
import type { QuarantineSender } from '../quarantine/quarantine-sender.ts';
import { foldSignals } from '../signals/fold-signals.ts';
import { SeenRanges } from '../signals/seen-ranges.ts';
import { type RecordLines, readRecord } from './record-lines.ts';
import { type Route, routeLine } from './route-line.ts';
import type { Workspace } from './workspace.ts';

export interface Senders extends Readonly<Record<Channel, BulkSender>> {
  readonly quarantine: QuarantineSender;
}

export interface Deadlines extends Pick<Patience, 'clock' | 'sleep'> {
  /** Epoch milliseconds after which no further record is begun. */
  readonly deadline: number;
  /** The same for what only business is left of. */
  readonly businessDeadline: number;
}

export interface Intake {
  readonly unreadable: number;
  readonly controlMessages: number;
  readonly lines: number;
  readonly platform: number;
  /** Lines of the pipeline's own log groups, which are not among `lines`. */
  readonly own: number;
  readonly signals: readonly (KeyedSignal & { readonly record: number })[];
  /** Places of the first record that was not taken in, and of the first whose business lines were not. */
  readonly unfinishedFrom: number;
  readonly businessUnfinishedFrom: number;
}

/** How long the trail lines of a large batch may wait for business calls to make room. */
const GRACE_MS = 100;

interface Place {
  readonly record: number;
  readonly line: number;
}

/**
 * Holds one inflated record and the bodies in flight, never the batch. When business has no room, all trail lines of
 * the batch go first, and business goes on from where it stopped.
 */
export async function takeIn(
  records: readonly KinesisStreamRecord[],
  senders: Senders,
  workspace: Workspace,
  time: Deadlines,
  at: number,
): Promise<Intake> {
  const { trail, business, quarantine } = senders;
  const { rules, redaction, spans } = workspace;
  const counts = { unreadable: 0, controlMessages: 0, lines: 0, platform: 0, own: 0 };
  const signals: (KeyedSignal & { readonly record: number })[] = [];
  const bodies: Record<Channel, BulkBody | undefined> = { trail: trail.filling, business: business.filling };
  let paused: Place | undefined;
  let unfinishedFrom = records.length;

  for (const [record, kinesis] of records.entries()) {
    if (record > 0 && time.clock() > time.deadline) {
      unfinishedFrom = record;
      break;
    }
    const reading = readRecord(kinesis, rules, spans);
    if (reading.is === 'unreadable') {
      counts.unreadable++;
      const entry = quarantineRecord(kinesis, reading.reason, at, redaction, rules.maxInflatedBytes);
      quarantine.add(record, true, entry);
      if (quarantine.isFull) await quarantine.flush();
      continue;
    }
    const { lines } = reading;
    counts.controlMessages += lines.controlMessages;
    counts.own += lines.own;
    counts.lines += lines.count;
    const ofRecord: KeyedSignal[] = [];
    const seen = new SeenRanges();
    for (let position = 0; position < lines.count; position++) {
      const taken = takeLine(lines, position, record, workspace, bodies, seen);
      if (taken.signals.length > 0) ofRecord.push(...taken.signals);
      switch (taken.to) {
        case 'trail':
          if (!trail.isFull) break;
          await untilRoom(trail);
          trail.advance();
          bodies.trail = trail.filling;
          break;
        case 'business':
          if (paused !== undefined || !business.isFull) break;
          if (await roomSoon(business, time)) {
            business.advance();
            bodies.business = business.filling;
          } else {
            paused = { record, line: position + 1 };
            bodies.business = undefined;
          }
          break;
        case 'platform':
          counts.platform++;
          break;
        case 'quarantine': {
          const entry = quarantineLine(taken.line, taken.reason, kinesis, at, redaction);
          quarantine.add(record, false, entry);
          if (quarantine.isFull) await quarantine.flush();
          break;
        }
      }
    }
    for (const keyed of foldSignals(ofRecord)) signals.push({ ...keyed, record });
    for (const keyed of seen.signals(lines.arrival)) signals.push({ ...keyed, record });
  }
  await trail.flush();
  const businessUnfinishedFrom =
    paused === undefined
      ? unfinishedFrom
      : await resumeBusiness(records.slice(0, unfinishedFrom), business, workspace, time, paused);
  return { ...counts, signals, unfinishedFrom, businessUnfinishedFrom };
}

/** The place of the first record whose business lines are not all with the sender. */
async function resumeBusiness(
  records: readonly KinesisStreamRecord[],
  business: BulkSender,
  workspace: Workspace,
  time: Deadlines,
  from: Place,
): Promise<number> {
  const bodies = { trail: undefined, business: business.filling };
  let first = from.line;
  for (let record = from.record; record < records.length; record++) {
    const kinesis = records[record];
    const reading = kinesis && readRecord(kinesis, workspace.rules, workspace.spans);
    if (reading?.is !== 'read') continue;
    for (let position = first; position < reading.lines.count; position++) {
      if (business.isFull) {
        await untilRoom(business);
        // What is down now has had its retries: the rest comes again with its records.
        if (business.gaveUp || time.clock() > time.businessDeadline) return record;
        business.advance();
        bodies.business = business.filling;
      }
      takeLine(reading.lines, position, record, workspace, bodies);
    }
    first = 0;
  }
  return records.length;
}

type Taken =
  | { readonly to: Channel | 'platform'; readonly signals: readonly KeyedSignal[] }
  | {
      readonly to: 'quarantine';
      readonly signals: readonly [];
      readonly line: LogLine;
      readonly reason: string;
    };

/** Writes the line's document into the body of its channel, if that takes any now. */
function takeLine(
  lines: RecordLines,
  position: number,
  record: number,
  { splicer, kinds, cut, redaction }: Workspace,
  bodies: Readonly<Record<Channel, BulkBody | undefined>>,
  seen?: SeenRanges,
): Taken {
  const spliced = lines.splice(position, splicer, bodies, record);
  if (spliced !== undefined) {
    if (seen !== undefined) splicer.note(seen);
    return spliced;
  }
  const read = lines.line(position);
  if (seen !== undefined) noteHead(read.line, seen);
  const route: Route =
    read.is === 'line'
      ? routeLine(read.line, kinds, cut, redaction)
      : { to: 'quarantine', reason: read.reason };
  switch (route.to) {
    case 'index': {
      const { channel, index, id, source } = route.document;
      bodies[channel]?.append(index, id, source, record, position);
      return { to: channel, signals: route.signals };
    }
    case 'platform':
      return route;
    case 'quarantine':
      return { to: 'quarantine', signals: [], line: read.line, reason: route.reason };
  }
}

/** Whatever becomes of the line, it has arrived. */
function noteHead(line: LogLine, seen: SeenRanges): void {
  const reading = readHead(line.text);
  if (reading.is === 'record') seen.note(sourceStream(line), reading.head.instance, reading.head.seq);
}

async function untilRoom(sender: BulkSender): Promise<void> {
  while (!sender.hasRoom) await sender.room();
}

async function roomSoon(sender: BulkSender, { sleep }: Deadlines): Promise<boolean> {
  if (sender.hasRoom) return true;
  await Promise.race([untilRoom(sender), sleep(GRACE_MS)]);
  return sender.hasRoom;
}
