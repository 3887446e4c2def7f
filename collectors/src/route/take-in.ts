/** Takes a batch in, record after record: each line into the bulk body of its channel, the platform count or quarantine. */
import type { Channel } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { BulkSender } from '../delivery/bulk-sender.ts';
import type { Patience } from '../delivery/patience.ts';
import type { KeyedSignal } from '../kinds/kind.ts';
import { KINDS } from '../kinds/registry.ts';
import type { CollectorSettings } from '../options.ts';
import { quarantineLine, quarantineRecord } from '../quarantine/quarantine-entry.ts';
import type { QuarantineSender } from '../quarantine/quarantine-sender.ts';
import { foldSignals } from '../signals/fold-signals.ts';
import { readRecord } from './record-lines.ts';
import { routeLine } from './route-line.ts';

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
  settings: CollectorSettings,
  time: Deadlines,
  at: number,
): Promise<Intake> {
  const { trail, business, quarantine } = senders;
  const counts = { unreadable: 0, controlMessages: 0, lines: 0, platform: 0 };
  const signals: (KeyedSignal & { readonly record: number })[] = [];
  let paused: Place | undefined;
  let unfinishedFrom = records.length;

  for (const [record, kinesis] of records.entries()) {
    if (record > 0 && time.clock() > time.deadline) {
      unfinishedFrom = record;
      break;
    }
    const reading = readRecord(kinesis, settings.maxInflatedBytes);
    if (reading.is === 'unreadable') {
      counts.unreadable++;
      quarantine.add(record, true, quarantineRecord(kinesis, reading.reason, at));
      continue;
    }
    const { lines } = reading;
    counts.controlMessages += lines.controlMessages;
    counts.lines += lines.count;
    const ofRecord: KeyedSignal[] = [];
    for (let position = 0; position < lines.count; position++) {
      const read = lines.line(position);
      const route =
        read.is === 'line'
          ? routeLine(read.line, KINDS, settings)
          : { to: 'quarantine' as const, reason: read.reason };
      switch (route.to) {
        case 'index': {
          const { channel, index, id, source } = route.document;
          ofRecord.push(...route.signals);
          if (channel === 'business' && paused !== undefined) break;
          const sender = senders[channel];
          sender.filling.append(index, id, source, record, position);
          if (!sender.isFull) break;
          if (channel === 'trail') await untilRoom(trail);
          else if (!(await roomSoon(business, time))) {
            paused = { record, line: position + 1 };
            break;
          }
          sender.advance();
          break;
        }
        case 'platform':
          counts.platform++;
          ofRecord.push(...route.signals);
          break;
        case 'quarantine':
          quarantine.add(record, false, quarantineLine(read.line, route.reason, kinesis, at));
          if (quarantine.isFull) await quarantine.flush();
          break;
      }
    }
    for (const keyed of foldSignals(ofRecord)) signals.push({ ...keyed, record });
  }
  trail.flush();
  const businessUnfinishedFrom =
    paused === undefined
      ? unfinishedFrom
      : await resumeBusiness(records.slice(0, unfinishedFrom), business, settings, time, paused);
  return { ...counts, signals, unfinishedFrom, businessUnfinishedFrom };
}

/** The place of the first record whose business lines are not all with the sender. */
async function resumeBusiness(
  records: readonly KinesisStreamRecord[],
  business: BulkSender,
  settings: CollectorSettings,
  time: Deadlines,
  from: Place,
): Promise<number> {
  let first = from.line;
  for (let record = from.record; record < records.length; record++) {
    const kinesis = records[record];
    const reading = kinesis && readRecord(kinesis, settings.maxInflatedBytes);
    if (reading?.is !== 'read') continue;
    for (let position = first; position < reading.lines.count; position++) {
      if (business.isFull) {
        await untilRoom(business);
        // What is down now has had its retries: the rest comes again with its records.
        if (business.gaveUp || time.clock() > time.businessDeadline) return record;
        business.advance();
      }
      const read = reading.lines.line(position);
      const route = read.is === 'line' ? routeLine(read.line, KINDS, settings) : undefined;
      if (route?.to !== 'index' || route.document.channel !== 'business') continue;
      const { index, id, source } = route.document;
      business.filling.append(index, id, source, record, position);
    }
    first = 0;
  }
  return records.length;
}

async function untilRoom(sender: BulkSender): Promise<void> {
  while (!sender.hasRoom) await sender.room();
}

async function roomSoon(sender: BulkSender, { sleep }: Deadlines): Promise<boolean> {
  if (sender.hasRoom) return true;
  await Promise.race([untilRoom(sender), sleep(GRACE_MS)]);
  return sender.hasRoom;
}
