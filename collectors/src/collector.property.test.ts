import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCollector } from './collector.ts';
import { gzipped, kinesisEvent, subscription } from './testing/kinesis-event.ts';
import { MemoryIndex } from './testing/memory-index.ts';
import { type MemoryPorts, memoryPorts } from './testing/memory-ports.ts';
import { REPORT_TEXT, reportJson, START_TEXT } from './testing/platform-lines.ts';
import { type Fate, ScriptedIndex } from './testing/scripted-index.ts';
import { logLine, requestLine, rollupLine, trailLine } from './testing/sdk-lines.ts';

const seq = fc.nat(1000);
const anyLine: fc.Arbitrary<string> = fc.oneof(
  seq.map((n) => logLine(n)),
  seq.map(requestLine),
  seq.map((n) => trailLine(n)),
  seq.map(rollupLine),
  seq.map((n) => trailLine(n).slice(0, 40 + (n % 200))),
  fc.constantFrom(REPORT_TEXT, START_TEXT, reportJson('error', true)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);

/** A Kinesis record and the lines that it holds; undefined when it cannot be read. */
interface Delivery {
  readonly data: Uint8Array;
  readonly lines: number | undefined;
}

const deliveries: fc.Arbitrary<readonly Delivery[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.array(anyLine, { maxLength: 6 }) },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 20 }) },
    ),
    { maxLength: 6 },
  )
  .map((contents) =>
    contents.map((content, n) =>
      content instanceof Uint8Array
        ? { data: Buffer.concat([Buffer.from('!'), content]), lines: undefined }
        : { data: gzipped(subscription({ messages: content, firstId: n * 100 })), lines: content.length },
    ),
  );

function written(index: MemoryIndex, ports: MemoryPorts): readonly unknown[] {
  const quarantined = [...ports.quarantined].map(([id, { reason, raw }]) => [id, reason, raw]);
  return [[...index.documents].sort(), quarantined.sort()];
}

test('every line ends in exactly one place, and the summary adds up', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async (batch) => {
      const index = new MemoryIndex();
      const ports = memoryPorts(index);
      const answer = await createCollector(ports)(kinesisEvent(batch.map(({ data }) => data)));
      const [summary] = ports.summaries;
      if (summary === undefined) throw new Error('no summary');

      expect(answer).toEqual({ batchItemFailures: [] });
      expect(summary.lines).toBe(batch.reduce((sum, { lines = 0 }) => sum + lines, 0));
      expect(summary.unreadable).toBe(batch.filter(({ lines }) => lines === undefined).length);
      expect(summary.lines).toBe(summary.business + summary.trail + summary.platform + summary.quarantined);
      expect(index.all('business-')).toHaveLength(summary.business);
      expect(index.all('trail-')).toHaveLength(summary.trail);
      expect(ports.quarantined.size).toBe(summary.quarantined + summary.unreadable);
    }),
    { numRuns: 200 },
  );
});

test('any replay, in any order, with any faults in between, leaves the same documents', async () => {
  const fate = fc.constantFrom<Fate>('create', 'create', 'lose-reply', { status: 'retry', reason: '503' });
  await fc.assert(
    fc.asyncProperty(
      deliveries,
      fc.infiniteStream(fc.nat(1_000_000)),
      fc.infiniteStream(fate),
      async (batch, order, fates) => {
        const event = kinesisEvent(batch.map(({ data }) => data));
        const once = new MemoryIndex();
        const oncePorts = memoryPorts(once);
        await createCollector(oncePorts)(event);

        const index = new ScriptedIndex((_, appearance) => (appearance > 3 ? 'create' : fates.next().value));
        const ports = memoryPorts(index);
        const collect = createCollector(ports);
        for (let replay = 0; replay < 3; replay++) {
          const shuffled = event.Records.map((record) => ({ record, at: order.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ record }) => record);
          await collect({ Records: [...shuffled, ...shuffled.slice(0, 2)] });
        }
        expect(written(index, ports)).toEqual(written(once, oncePorts));
      },
    ),
    { numRuns: 100 },
  );
});

test('what is acknowledged is durable, whatever the index does', async () => {
  const fate = fc.constantFrom<Fate>(
    'create',
    'lose-reply',
    { status: 'retry', reason: '429' },
    { status: 'rejected', reason: '400' },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 8 }), fc.infiniteStream(fate), async (count, fates) => {
      const lines = Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `line ${n}` : trailLine(n)));
      const event = kinesisEvent(
        lines.map((line, n) => gzipped(subscription({ messages: [line], firstId: n }))),
      );
      const index = new ScriptedIndex(() => fates.next().value);
      const ports = memoryPorts(index);
      const answer = await createCollector(ports, { retryBudgetMs: 100 })(event);

      const ids = [...index.documents.keys()].map((path) => path.split('/')[1] ?? '');
      const durable = new Set([...ids, ...ports.quarantined.keys()].map((id) => Number(id.slice(-2))));
      const from = answer.batchItemFailures[0]?.itemIdentifier;
      expect(from).not.toBe('');
      for (const n of lines.keys())
        if (from === undefined || 101 + n < Number(from)) expect(durable).toContain(n);
    }),
    { numRuns: 200 },
  );
});
