/** Draws what a run's functions log, and the records in which CloudWatch Logs delivers it. */
import { gzipSync } from 'node:zlib';
import type { Fault } from '../plan/fault.ts';
import type { Plan } from '../plan/plan.ts';
import type { Seeded } from '../schedule/seeded.ts';
import { drawEdgeStream } from './edge-lines.ts';
import { drawStream, type LoggedEvent, type LogStream } from './log-stream.ts';
import type { Oracle } from './oracle.ts';
import type { WrittenLine } from './written-by-sdk.ts';

/** One record on its way to the stream `logs`. */
export interface Delivery {
  /** Milliseconds after the start. */
  readonly atMs: number;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Ids of the lines in it. */
  readonly lines: readonly number[];
  /** Whether its bytes are what they should be. */
  readonly intact: boolean;
}

export interface Workload {
  readonly deliveries: readonly Delivery[];
  /** Labels of the delivery faults that were put in. */
  readonly happened: readonly string[];
}

export function drawWorkload(
  plan: Plan,
  oracle: Oracle,
  chance: Seeded,
  written: readonly WrittenLine[],
  firstStream: number = 0,
): Workload {
  const streams = Array.from({ length: chance.between(2, 3) }, (_, number) =>
    drawStream(oracle, chance.fork(`stream ${number}`), firstStream + number, plan, written),
  );
  if (chance.chance(0.25))
    streams.push(drawEdgeStream(oracle, chance.fork('edge'), firstStream + 9, plan.start));
  const deliveries = streams
    .flatMap((stream) => cutIntoRecords(stream, plan, chance))
    .sort((a, b) => a.atMs - b.atMs);
  return damage(deliveries, plan, chance);
}

/** A stream's events in records of a few, one behind the other. */
function cutIntoRecords(stream: LogStream, plan: Plan, chance: Seeded): readonly Delivery[] {
  const deliveries: Delivery[] = [];
  let delay = chance.between(200, 3_000);
  for (let from = 0; from < stream.events.length; ) {
    const size = chance.between(1, stream.attacks ? 20 : 6);
    const events = stream.events.slice(from, from + size);
    from += size;
    const atMs = Math.max(...events.map(({ at }) => at - plan.start)) + delay;
    // A stream's records keep their order.
    delay += chance.between(0, 400);
    deliveries.push({
      atMs,
      partitionKey: plan.scattered ? `random-${chance.next()}` : stream.name,
      data: gzipped(recordOf(stream, events)),
      lines: events.map(({ line }) => line),
      intact: stream.intact,
    });
  }
  return deliveries.map((delivery, n) => ({
    ...delivery,
    // One behind the other, also where they would leave at once.
    atMs: Math.max(0, ...deliveries.slice(0, n + 1).map(({ atMs }) => atMs)) + n / 100,
  }));
}

function recordOf({ group, name }: LogStream, events: readonly LoggedEvent[]): object {
  return {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: group,
    logStream: name,
    subscriptionFilters: ['trailgate'],
    logEvents: events.map(({ event }) => event),
  };
}

const CONTROL = {
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logGroup: '',
  logStream: '',
  subscriptionFilters: [],
  logEvents: [
    { id: '', timestamp: 1, message: 'CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.' },
  ],
};

function gzipped(value: object): Uint8Array {
  return gzipSync(JSON.stringify(value), { level: 1 });
}

function damage(deliveries: readonly Delivery[], plan: Plan, chance: Seeded): Workload {
  const happened: string[] = [];
  const damaged = deliveries.map((delivery, place) => {
    const fault = plan.faults.find(
      (candidate) =>
        (candidate.is === 'corrupt gzip' || candidate.is === 'cut record') &&
        candidate.delivery === place + 1,
    );
    if (fault?.is !== 'corrupt gzip' && fault?.is !== 'cut record') return delivery;
    happened.push(fault.is);
    return { ...delivery, data: spoil(delivery.data, fault), intact: false };
  });
  const more = plan.faults.flatMap((fault): readonly Delivery[] => {
    if (fault.is === 'control message') {
      happened.push(fault.is);
      const atMs = (deliveries[fault.delivery - 1]?.atMs ?? 0) + 1;
      const control = { data: gzipped(CONTROL), lines: [], intact: true };
      return [{ atMs, partitionKey: `control-${chance.next()}`, ...control }];
    }
    if (fault.is !== 'delivered twice') return [];
    const original = damaged[fault.delivery - 1];
    if (original === undefined) return [];
    happened.push(fault.is);
    return [{ ...original, atMs: original.atMs + fault.afterMs }];
  });
  const all = [...damaged, ...more].filter((_, place) => !plan.leftOut.includes(place));
  return { deliveries: all.sort((a, b) => a.atMs - b.atMs), happened };
}

/** Flips a byte behind the header, or cuts the end off: neither inflates. */
function spoil(data: Uint8Array, fault: Extract<Fault, { readonly choice: number }>): Uint8Array {
  const at = 12 + (fault.choice % Math.max(1, data.length - 24));
  if (fault.is === 'cut record') return data.subarray(0, at);
  const spoilt = Uint8Array.from(data);
  // The checksum at the end, so that it fails whatever the bytes before it say.
  const place = data.length - 5 - (fault.choice % 3);
  spoilt[place] = (spoilt[place] ?? 0) ^ 0x55;
  return spoilt;
}
