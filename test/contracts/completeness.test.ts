/** From numbered lines of many instances to findings: each record that never arrived is named, and no other. */
import { createCollector } from '@trailgate/collectors';
import { createDetector } from '@trailgate/detectors';
import { METRICS, readHead, type SignalBatch } from '@trailgate/sdk/wire';
import type { KinesisStreamEvent } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecord } from '../../collectors/src/decode/decode-record.ts';
import { batchSignals } from '../../collectors/src/signals/batch-signals.ts';
import { SeenRanges } from '../../collectors/src/signals/seen-ranges.ts';
import { GROUP, gzipped, kinesisEvent, subscription } from '../../collectors/src/testing/kinesis-event.ts';
import { memoryPorts, NOW } from '../../collectors/src/testing/memory-ports.ts';
import { logLine, requestLine, rollupLine, trailLine } from '../../collectors/src/testing/sdk-lines.ts';
import { kinesisEvent as signalEvent, signalRecord } from '../../detectors/src/testing/kinesis-event.ts';
import {
  type MemoryPorts as DetectorWorld,
  memoryPorts as detectorPorts,
} from '../../detectors/src/testing/memory-ports.ts';
import { RecordWriter } from '../../sdk/src/writer/record-writer.ts';

const GRACE_MS = 120_000;
/** Broken in its body: it goes to quarantine, and has arrived. */
const brokenLine = (seq: number): string => logLine(seq).replace('"message":"hello"', '"message":7');
const LINES = [logLine, requestLine, trailLine, rollupLine, brokenLine] as const;

const instance = fc.record({
  /** Instances may share a log stream: a process that was started again. */
  stream: fc.nat({ max: 2 }),
  kinds: fc.array(fc.nat({ max: LINES.length - 1 }), { minLength: 1, maxLength: 60, size: 'max' }),
});
const instances = fc.array(instance, { minLength: 1, maxLength: 5, size: 'max' });

/** The lines of one instance as its SDK numbers them. */
function writtenBy(name: string, kinds: readonly number[]): readonly string[] {
  const lines: string[] = [];
  const writer = new RecordWriter(name, (text) => void lines.push(...text.trimEnd().split('\n')));
  for (const kind of kinds) {
    const line = LINES[kind]?.(0) ?? '';
    const reading = readHead(line);
    if (reading.is !== 'record') throw new Error(`head: expected a record, got ${line.slice(0, 80)}`);
    writer.write([{ ...reading.head, tail: `${line.slice(reading.bodyStart)}\n` }]);
  }
  return lines;
}

/** What the collector is to say of the numbers in each record of the event, from the heads of its lines. */
function seenIn(event: KinesisStreamEvent): readonly SignalBatch[] {
  return event.Records.flatMap(({ kinesis }) => {
    const decoded = decodeRecord(Buffer.from(kinesis.data, 'base64'), 1_000_000);
    if (decoded.is === 'unreadable') return [];
    const seen = new SeenRanges();
    for (const { logGroup, logStream, logEvents } of decoded.records) {
      for (const { message } of logEvents as readonly { readonly message: string }[]) {
        const reading = readHead(message);
        if (reading.is === 'record')
          seen.note(`${logGroup}/${logStream}`, reading.head.instance, reading.head.seq);
      }
    }
    return batchSignals(seen.signals(kinesis.approximateArrivalTimestamp * 1_000));
  });
}

/** `<instance> <number>` of each record that a finding names, as often as it does. */
function namedBy({ findingsById }: DetectorWorld): readonly string[] {
  return [...findingsById.values()].flatMap((text) => {
    const { rule, evidence } = JSON.parse(text.slice(text.indexOf(' '))) as {
      readonly rule: { readonly name: string };
      readonly evidence: { readonly instance: string; readonly ranges: readonly string[] };
    };
    if (rule.name !== 'records-missing') return [];
    return evidence.ranges.flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, n) => `${evidence.instance} ${first + n}`);
    });
  });
}

test('each record that was dropped is named once and no other, in any order, repetition and batch', async () => {
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(instances, fc.infiniteStream(fc.nat()), async (lived, chance) => {
      const draw = (below: number): number => (chance.next().value ?? 0) % below;
      const arrived = new Map<string, number[]>();
      const payloads: { readonly place: number; readonly data: Uint8Array }[] = [];
      for (const [number, { stream, kinds }] of lived.entries()) {
        const name = `00112233445566a${number}`;
        const lines = [...writtenBy(name, kinds).entries()].filter(() => draw(5) > 0);
        while (lines.length > 0) {
          const part = lines.splice(0, 1 + draw(12));
          const messages = part.map(([, line]) => line);
          const data = gzipped(
            subscription({ stream: `s-${stream}`, messages, firstId: payloads.length * 100 }),
          );
          const isCut = draw(12) === 0;
          if (!isCut) arrived.set(name, [...(arrived.get(name) ?? []), ...part.map(([seq]) => seq)]);
          const copies = 1 + Number(draw(4) === 0);
          for (let copy = 0; copy < copies; copy++) {
            payloads.push({ place: draw(1_000), data: isCut ? data.subarray(0, 40) : data });
          }
        }
      }
      payloads.sort((a, b) => a.place - b.place);

      const ports = memoryPorts();
      const collect = createCollector(ports);
      while (payloads.length > 0) {
        const event = kinesisEvent(payloads.splice(0, 1 + draw(8)).map(({ data }) => data));
        for (let delivery = 0; delivery <= Number(draw(4) === 0); delivery++) {
          expect(await collect(event)).toEqual({ batchItemFailures: [] });
          await ports.signals.put(seenIn(event));
        }
      }

      const world = detectorPorts();
      const tick = (at: number): SignalBatch => {
        const from = { stream: 'tick/0', position: String(at) };
        return { v: 1, key: 'tick', signals: [{ kind: 'tick', at, from }] };
      };
      const batches = ports.batches.flatMap((batch) =>
        draw(10) === 0 ? [batch, tick(NOW + draw(GRACE_MS))] : [batch],
      );
      const all = [...batches, ...[3, 4, 60].map((minutes) => tick(NOW + minutes * 60_000 + GRACE_MS))];
      const records = all.map(({ key, signals }, place) => signalRecord(place, key, signals));
      for (let from = 0; from < records.length; ) {
        // A new detector has only what was stored.
        const detect = createDetector(world, { rules: [] });
        const size = 1 + draw(20);
        await detect(signalEvent(records.slice(Math.max(0, from - draw(5)), from + size)));
        from += size;
      }

      const missing = [...arrived].flatMap(([name, numbers]) => {
        const came = new Set(numbers);
        const first = Math.min(...came);
        return Array.from({ length: Math.max(...came) - first }, (_, n) => first + n)
          .filter((n) => !came.has(n))
          .map((n) => `${name} ${n}`);
      });
      expect([...namedBy(world)].sort()).toEqual(missing.sort());
      const counted = world.published
        .filter(({ name }) => name === METRICS.missingRecords.name)
        .flatMap(({ values }) => values)
        .reduce((sum, value) => sum + value, 0);
      expect(counted).toBe(missing.length);
      dropped += missing.length;
    }),
    { numRuns: 100 },
  );
  // The property says nothing if nothing was lost.
  expect(dropped).toBeGreaterThan(1_000);
});

test('a hole in the log stream itself is named with its service and log stream', async () => {
  const lines = writtenBy('00112233445566a0', [3, 0, 0, 0, 0, 0, 3]);
  const event = kinesisEvent(
    [lines.slice(0, 2), lines.slice(5)].map((messages, n) =>
      gzipped(subscription({ messages, firstId: n * 10 })),
    ),
  );
  const ports = memoryPorts();
  await createCollector(ports)(event);
  const world = detectorPorts();
  const at = NOW + GRACE_MS + 1;
  const tick = { kind: 'tick', at, from: { stream: 'tick/0', position: '1' } } as const;
  const all = [...ports.batches, ...seenIn(event), { key: 'tick', signals: [tick] }];
  const records = all.map(({ key, signals }, place) => signalRecord(place, key, signals));
  await createDetector(world, { rules: [] })(signalEvent(records));
  expect(namedBy(world)).toEqual([2, 3, 4].map((n) => `00112233445566a0 ${n}`));
  const [text = ''] = [...world.findingsById.values()].filter((one) => one.includes('records-missing'));
  expect(JSON.parse(text.slice(text.indexOf(' ')))).toMatchObject({
    event: { kind: 'alert' },
    evidence: { count: 3, service: 'orders', stream: expect.stringContaining(GROUP), ranges: ['2-4'] },
  });
});
