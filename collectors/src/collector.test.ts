import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createCollector } from './collector.ts';
import { CollectorOptionsError } from './options.ts';
import { eventOfLines, gzipped, kinesisEvent, STREAM, subscription } from './testing/kinesis-event.ts';
import { MemoryIndex } from './testing/memory-index.ts';
import { memoryPorts, NOW } from './testing/memory-ports.ts';
import { reportJson, START_JSON } from './testing/platform-lines.ts';
import { logLine, rollupLine, trailLine } from './testing/sdk-lines.ts';

const CONTROL = {
  ...subscription({ messages: ['CWL CONTROL MESSAGE: Checking health'] }),
  messageType: 'CONTROL_MESSAGE',
};

describe('a batch', () => {
  test('each line is in one place and the summary says where', async () => {
    const index = new MemoryIndex();
    const ports = memoryPorts(index);
    const messages = [
      trailLine(0),
      logLine(1),
      START_JSON,
      reportJson('success', true),
      '{"a":1}',
      'text',
      '{"level":"INFO"',
    ];
    const torn = logLine(2).slice(0, -3);
    const event = kinesisEvent([gzipped(CONTROL), gzipped(subscription({ messages: [...messages, torn] }))]);

    expect(await createCollector(ports)(event)).toEqual({ batchItemFailures: [] });
    expect(ports.summaries).toMatchObject([
      {
        records: 2,
        unreadable: 0,
        controlMessages: 1,
        lines: 8,
        business: 4,
        trail: 1,
        platform: 2,
        quarantined: 1,
        undelivered: 0,
        repeated: 0,
        signals: 3,
        effort: {
          oldestArrival: NOW,
          newestArrival: NOW,
          bulk: { trail: { calls: 1, retries: 0, undelivered: 0 }, business: { calls: 1, rejected: 0 } },
        },
      },
    ]);
    expect(index.all('trail-')).toHaveLength(1);
    expect(index.all('business-')).toHaveLength(4);
    expect([...ports.quarantined.values()]).toMatchObject([
      {
        reason: 'record contract: body is not JSON',
        raw: Buffer.from(torn).toString('base64'),
        origin: { logStream: STREAM, kinesis: { shardId: 'shardId-000000000000', sequenceNumber: '102' } },
      },
    ]);
  });

  test('one bad event of 400 is set aside alone', async () => {
    const index = new MemoryIndex();
    const ports = memoryPorts(index);
    const record = subscription({ messages: Array.from({ length: 400 }, (_, n) => `line ${n}`) });
    const events = (record as { logEvents: unknown[] }).logEvents;
    events[17] = { id: 'x', timestamp: 'yesterday', message: 'line 17' };
    await createCollector(ports)(kinesisEvent([gzipped(record)]));
    expect(index.all('business-')).toHaveLength(399);
    expect([...ports.quarantined.values()]).toMatchObject([
      {
        reason: 'log event timestamp: expected epoch milliseconds',
        raw: Buffer.from('line 17').toString('base64'),
      },
    ]);
  });

  test('a record that cannot be read is set aside whole, with its bytes, and its neighbours go on', async () => {
    const index = new MemoryIndex();
    const ports = memoryPorts(index);
    const torn = gzipped(subscription({ messages: ['lost?'] })).subarray(0, 50);
    const event = kinesisEvent([torn, gzipped(subscription({ messages: ['kept'] })), Buffer.from('text')]);
    expect(await createCollector(ports)(event)).toEqual({ batchItemFailures: [] });
    expect(index.all('')).toMatchObject([{ message: 'kept' }]);
    expect([...ports.quarantined.values()].map(({ raw, reason }) => ({ raw, reason }))).toEqual([
      { raw: Buffer.from(torn).toString('base64'), reason: 'gzip: ends before its end' },
      { raw: Buffer.from('text').toString('base64'), reason: 'not JSON from character 0' },
    ]);
    expect(ports.summaries).toMatchObject([{ records: 3, unreadable: 2, lines: 1, quarantined: 0 }]);
  });

  test('a message over 1 MiB is set aside as oversize', async () => {
    const ports = memoryPorts();
    await createCollector(ports)(eventOfLines('ü'.repeat(524_289), 'ü'.repeat(524_288)));
    expect([...ports.quarantined.values()]).toMatchObject([{ reason: 'oversize: more than 1048576 bytes' }]);
    expect(ports.summaries).toMatchObject([{ business: 1, quarantined: 1 }]);
  });

  test('a record that inflates beyond the limit is set aside', async () => {
    const ports = memoryPorts();
    const bomb = gzipSync(Buffer.alloc(2_000_000, 0x20));
    await createCollector(ports, { maxInflatedBytes: 1_000_000 })(kinesisEvent([bomb]));
    expect([...ports.quarantined.values()]).toMatchObject([
      { reason: 'gzip: inflates to more than 1000000 bytes' },
    ]);
  });

  test('an event of a bad clock goes to the late index', async () => {
    const index = new MemoryIndex();
    const old = trailLine(0).replace('2026-11-22T09', '2025-11-22T09');
    await createCollector(memoryPorts(index))(eventOfLines(old));
    expect(index.all('trail-late')).toMatchObject([{ '@timestamp': '2025-11-22T09:59:58.500Z' }]);
  });

  test('things that are no Kinesis records do not throw', async () => {
    const ports = memoryPorts();
    const [record] = eventOfLines('kept').Records;
    if (record === undefined) throw new Error('no record');
    const odd = { ...record, kinesis: { ...record.kinesis, data: 17 as unknown as string } };
    expect(await createCollector(ports)({ Records: [odd, record] })).toEqual({ batchItemFailures: [] });
    expect(ports.summaries).toMatchObject([{ unreadable: 1, business: 1 }]);
  });
});

describe('signals', () => {
  test('all of one key travel in one batch, in log order, after the documents', async () => {
    const order: string[] = [];
    const index = new MemoryIndex();
    const ports = memoryPorts(
      {
        bulk(documents) {
          order.push('index');
          return index.bulk(documents);
        },
      },
      {
        signals: {
          put: async (batches) =>
            void order.push(...batches.map(({ key, signals }) => `${key} ${signals.length}`)),
        },
      },
    );
    const event = kinesisEvent([
      gzipped(subscription({ messages: [trailLine(0), rollupLine(1), reportJson('success', true)] })),
      gzipped(
        subscription({
          messages: [trailLine(2), reportJson('timeout', false), reportJson('success', false)],
          firstId: 10,
        }),
      ),
    ]);
    await createCollector(ports)(event);
    expect(order).toEqual([
      'index',
      'index',
      'principal:acme/user:ann 3',
      'principal:zeta/ip:198.51.100.9 1',
      'series:orders 1',
      expect.stringMatching(/^instance:.* 5$/),
    ]);
  });

  test('the platform lines of a record are one signal at the position of the last report', async () => {
    const ports = memoryPorts();
    const messages = [reportJson('success', true), START_JSON, reportJson('timeout', false), 'text'];
    await createCollector(ports)(eventOfLines(...messages));
    expect(ports.batches).toMatchObject([
      {
        signals: [
          {
            kind: 'platform',
            functionName: 'orders',
            reports: 2,
            coldStarts: 1,
            failures: 1,
            from: { position: expect.stringMatching(/3$/) },
          },
        ],
      },
    ]);
  });

  test('a refused put returns the whole batch, and the second delivery writes nothing twice', async () => {
    const index = new MemoryIndex();
    let refusals = 1;
    const good = memoryPorts(index);
    const ports = memoryPorts(index, {
      signals: {
        async put(batches) {
          if (refusals-- > 0) throw new Error('throttled');
          await good.signals.put(batches);
        },
      },
    });
    const event = kinesisEvent([
      gzipped(subscription({ messages: ['a'] })),
      gzipped(subscription({ messages: [trailLine(0)], firstId: 5 })),
    ]);
    const collect = createCollector(ports);
    expect(await collect(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect(await collect(event)).toEqual({ batchItemFailures: [] });
    expect(index.documents.size).toBe(2);
    expect(ports.summaries).toMatchObject([
      { signals: 0, retryFrom: '101' },
      { signals: 2, repeated: 2 },
    ]);
    expect(good.batches.map(({ key }) => key.split(':')[0])).toEqual(['principal', 'instance']);
  });
});

test('an option out of range is refused when the collector is made', () => {
  expect(() => createCollector(memoryPorts(), { lateDays: Number.NaN })).toThrow(CollectorOptionsError);
  expect(() => createCollector(memoryPorts(), { lateDays: -1 })).toThrow(
    'lateDays: expected a positive number, got -1',
  );
  for (const wrong of [null, 'x', { shop: 7 }, { shop: 'two words' }, { '': 'x-client-address' }]) {
    expect(() => createCollector(memoryPorts(), { clientAddressHeaders: wrong as never })).toThrow(
      'clientAddressHeaders: expected names of headers by names of web ACLs',
    );
  }
});
