import { describe, expect, test } from 'vitest';
import { createCollector } from '../collector.ts';
import { type BulkOutcome, BulkTooLargeError, type IndexPort, type QuarantineEntry } from '../ports.ts';
import { eventOfLines, gzipped, kinesisEvent, subscription } from '../testing/kinesis-event.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { type Fate, ScriptedIndex } from '../testing/scripted-index.ts';
import { rollupLine, trailLine } from '../testing/sdk-lines.ts';

const BUSY: Fate = { status: 'retry', reason: '429 es_rejected_execution_exception' };

/** Fate by what the document says. */
const fateOf = (fates: Record<string, (appearance: number) => Fate>) =>
  new ScriptedIndex(({ source }, appearance) => {
    const found = Object.entries(fates).find(([text]) => source.includes(`"message":"${text}"`));
    return found === undefined ? 'create' : found[1](appearance);
  });

const threeRecords = (...messages: readonly string[]) =>
  kinesisEvent(messages.map((message, n) => gzipped(subscription({ messages: [message], firstId: n }))));

describe('delivery', () => {
  test('an item that is refused for now is sent again alone, with growing pauses', async () => {
    const index = fateOf({ busy: (appearance) => (appearance < 4 ? BUSY : 'create') });
    const ports = memoryPorts(index);
    expect(await createCollector(ports)(eventOfLines('a', 'busy', 'b'))).toEqual({ batchItemFailures: [] });
    expect(index.calls.map((call) => call.length)).toEqual([3, 1, 1, 1]);
    expect(ports.sleeps).toEqual([28, 56, 111]);
    expect(index.documents.size).toBe(3);
  });

  test('after a lost reply the same ids are sent, and what exists is success', async () => {
    const index = fateOf({ b: (appearance) => (appearance === 1 ? 'lose-reply' : 'create') });
    const ports = memoryPorts(index);
    expect(await createCollector(ports)(eventOfLines('a', 'b', 'c'))).toEqual({ batchItemFailures: [] });
    expect(index.documents.size).toBe(3);
    expect(ports.summaries).toMatchObject([{ business: 3, repeated: 3 }]);
  });

  test('what the index will never take goes to quarantine with its reason and its line', async () => {
    const index = fateOf({ odd: () => ({ status: 'rejected', reason: 'mapper_parsing_exception' }) });
    const ports = memoryPorts(index);
    expect(await createCollector(ports)(eventOfLines('a', 'odd'))).toEqual({ batchItemFailures: [] });
    expect([...ports.quarantined.values()]).toMatchObject([
      { reason: 'index: mapper_parsing_exception', raw: Buffer.from('odd').toString('base64') },
    ]);
  });

  test('the batch begins again at the lowest record that is not durable', async () => {
    const index = fateOf({ down: () => BUSY });
    const ports = memoryPorts(index);
    const answer = await createCollector(ports)(threeRecords('a', 'down', 'c', 'down', 'e'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '102' }] });
    expect(ports.summaries).toMatchObject([{ business: 3, undelivered: 2, retryFrom: '102' }]);
  });

  test('signals behind a record that is not durable wait for its next delivery', async () => {
    const index = fateOf({ down: () => BUSY });
    const ports = memoryPorts(index);
    await createCollector(ports)(threeRecords(rollupLine(0), 'down', rollupLine(1)));
    expect(ports.batches.flatMap(({ signals }) => signals).every(({ from }) => from.position === '0')).toBe(
      true,
    );
    expect(ports.batches).not.toHaveLength(0);
  });

  test('an answer that leaves documents out counts as no answer for them', async () => {
    const memory = new MemoryIndex();
    let short = true;
    const ports = memoryPorts({
      async bulk(documents) {
        const outcomes = await memory.bulk(documents);
        const answer = short ? outcomes.slice(0, 1) : outcomes;
        short = false;
        return answer;
      },
    });
    expect(await createCollector(ports)(eventOfLines('a', 'b'))).toEqual({ batchItemFailures: [] });
    expect(ports.summaries).toMatchObject([{ business: 2, repeated: 1 }]);
  });

  test('retries end two seconds before the invocation does', async () => {
    const ports = memoryPorts(fateOf({ down: () => BUSY }));
    await createCollector(ports)(eventOfLines('down'), { getRemainingTimeInMillis: () => 3_000 });
    expect(ports.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(1_000);
  });

  test('without time left everything is still tried once', async () => {
    const ports = memoryPorts();
    expect(
      await createCollector(ports)(eventOfLines('a', '{"level":"INFO"'), {
        getRemainingTimeInMillis: () => 0,
      }),
    ).toEqual({
      batchItemFailures: [],
    });
  });

  test('a quarantine that is down holds its records back', async () => {
    const down = {
      put: async (_: readonly QuarantineEntry[]): Promise<void> => Promise.reject(new Error('down')),
    };
    const ports = memoryPorts(new MemoryIndex(), { quarantine: down });
    const answer = await createCollector(ports)(
      kinesisEvent([gzipped(subscription({ messages: ['a'] })), Buffer.from('bad')]),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '102' }] });
  });

  test('a large batch is sent in calls of at most 5 MB, in order', async () => {
    const index = new MemoryIndex();
    await createCollector(memoryPorts(index))(
      eventOfLines(...Array.from({ length: 12 }, (_, n) => `${n} ${'x'.repeat(1_000_000)}`)),
    );
    expect(index.calls.map((call) => call.length)).toEqual([4, 4, 4]);
  });

  test('a call that is too large is cut in two until it passes, and a document that never does is set aside', async () => {
    const memory = new MemoryIndex();
    const sizes: number[] = [];
    const index: IndexPort = {
      async bulk(documents) {
        sizes.push(documents.count);
        if (documents.bytes.length > 30_000) throw new BulkTooLargeError('413');
        return memory.bulk(documents);
      },
    };
    const ports = memoryPorts(index);
    const messages = Array.from({ length: 20 }, (_, n) => `${n} ${'x'.repeat(n === 7 ? 40_000 : 4_000)}`);
    expect(await createCollector(ports)(eventOfLines(...messages))).toEqual({ batchItemFailures: [] });
    expect(sizes).toEqual([20, 10, 5, 5, 2, 3, 1, 2, 10, 5, 5]);
    expect(memory.documents.size).toBe(19);
    expect([...ports.quarantined.values()]).toMatchObject([
      { reason: expect.stringMatching(/^index: too large: the index refuses a call of \d+ bytes$/) },
    ]);
    expect(ports.summaries).toMatchObject([
      { business: 19, quarantined: 1, effort: { bulk: { business: { calls: 11, halvings: 5 } } } },
    ]);
  });

  test('no more bytes are in flight than configured, and every line arrives', async () => {
    const memory = new MemoryIndex();
    let inFlight = 0;
    let most = 0;
    const index: IndexPort = {
      async bulk(documents) {
        inFlight += documents.bytes.length;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inFlight -= documents.bytes.length;
        return memory.bulk(documents);
      },
    };
    const ports = memoryPorts(index);
    const limits = { bulkBytes: 20_000, inFlightBytes: 50_000 };
    const lines = (from: number) =>
      Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? trailLine(from + n) : `${n} ${'x'.repeat(5_000)}`));
    const event = kinesisEvent([
      gzipped(subscription({ messages: lines(0) })),
      gzipped(subscription({ messages: lines(30), firstId: 100 })),
    ]);
    expect(await createCollector(ports, limits)(event)).toEqual({ batchItemFailures: [] });
    expect(memory.documents.size).toBe(60);
    // One channel each.
    expect(most).toBeLessThanOrEqual(2 * 50_000);
    expect(ports.summaries).toMatchObject([
      { lines: 60, business: 40, trail: 20, undelivered: 0, repeated: 0 },
    ]);
  });
});

describe('the trail', () => {
  test('of a batch larger than what may be in flight is written although business never answers in time', async () => {
    const trailIndex = new MemoryIndex();
    const business = Promise.withResolvers<readonly BulkOutcome[]>();
    const ports = memoryPorts({ bulk: () => business.promise }, { trailIndex });
    const filler = Array.from({ length: 10 }, (_, n) => `${n} ${'x'.repeat(5_000)}`);
    const event = kinesisEvent([
      gzipped(subscription({ messages: [trailLine(0), ...filler] })),
      gzipped(subscription({ messages: [...filler, trailLine(1)], firstId: 50 })),
      gzipped(subscription({ messages: ['behind', trailLine(2)], firstId: 100 })),
    ]);
    const answer = createCollector(ports, { bulkBytes: 20_000, inFlightBytes: 30_000 })(event);
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(trailIndex.documents.size).toBe(3);

    business.resolve([]);
    expect(await answer).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect(ports.summaries).toMatchObject([
      { lines: 24, trail: 3, business: 0, undelivered: 21, signals: 3 },
    ]);
  });

  test('goes first and in full while business is down, and its signals with it', async () => {
    const index = new ScriptedIndex((document) => (document.index.startsWith('business') ? BUSY : 'create'));
    const ports = memoryPorts(index);
    const answer = await createCollector(ports)(threeRecords('a', trailLine(0), trailLine(1)));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect(index.calls[0]?.every((document) => document.index.startsWith('trail'))).toBe(true);
    expect(ports.summaries).toMatchObject([{ trail: 2, undelivered: 1, signals: 2 }]);
  });

  test('is written before business answers at all', async () => {
    const trailIndex = new MemoryIndex();
    const written = Promise.withResolvers<void>();
    const ports = memoryPorts(
      {
        async bulk(documents) {
          await written.promise;
          return Array.from({ length: documents.count }, () => ({ status: 'created' as const }));
        },
      },
      {
        trailIndex: {
          async bulk(documents) {
            const outcomes = await trailIndex.bulk(documents);
            written.resolve();
            return outcomes;
          },
        },
      },
    );
    expect(await createCollector(ports)(eventOfLines('a', trailLine(0)))).toEqual({ batchItemFailures: [] });
    expect(trailIndex.all('trail-')).toHaveLength(1);
  });
});
