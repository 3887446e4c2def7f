import { principalKey, type Signal } from '@trailgate/sdk/wire';
import type { KinesisStreamRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createDetector, type DetectorOptions } from './detector.ts';
import { loadRules, shippedRules } from './rules/load-rules.ts';
import { kinesisEvent, rawRecord, SHARD, signalRecord } from './testing/kinesis-event.ts';
import { memoryPorts } from './testing/memory-ports.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 3, 23, 59, 50);
const options: DetectorOptions = { rules: await loadRules(shippedRules()) };
const CLIENT = 'ip:203.0.113.9';

/** Record number `n` of one client's requests: `total` answered so far, at second `n`. */
function usage(
  n: number,
  total: number,
  principal: string = CLIENT,
  at = START + n * 1_000,
): KinesisStreamRecord {
  const signal: Signal = {
    kind: 'usage',
    at,
    from: { stream: 'log/instance', position: String(n) },
    service: 'api',
    tenant: 'acme',
    principal,
    requests: total,
    refused: 0,
  };
  return signalRecord(n, principalKey('acme', principal), [signal]);
}

describe('a hit', () => {
  test('becomes a finding in the index of its month, where indices are of months', async () => {
    const ports = memoryPorts();
    const records = Array.from({ length: 12 }, (_, n) => usage(n + 1, (n + 1) * 20));
    await createDetector(ports, { ...options, indexPeriod: 'month' })(kinesisEvent(records));
    const byDay = memoryPorts();
    await createDetector(byDay, options)(kinesisEvent(records));
    expect([...ports.findingsById].map(([id, document]) => [id, document])).toEqual(
      [...byDay.findingsById].map(([id, document]) => [
        id,
        document.replace('trail-2026.03.04', 'trail-2026.03'),
      ]),
    );
    expect(ports.findingsById.size).toBe(1);
  });

  test('becomes a finding in the index of its day and a cap that names it', async () => {
    const ports = memoryPorts();
    const records = Array.from({ length: 12 }, (_, n) => usage(n + 1, (n + 1) * 20));
    await createDetector(ports, options)(kinesisEvent(records));

    const [[id, document] = ['', '']] = [...ports.findingsById];
    const [index, source] = [document.slice(0, 16), document.slice(17)];
    expect(index).toBe('trail-2026.03.04');
    expect(JSON.parse(source)).toEqual({
      '@timestamp': '2026-03-04T00:00:00.000Z',
      event: { kind: 'alert', category: ['intrusion_detection'], action: 'finding' },
      rule: {
        id: '0b6b0c64-3a8f-4a53-8f0d-7d1f0e4f2c9b',
        name: 'noisy-client',
        description: expect.stringContaining('200 requests'),
      },
      threat: { technique: { id: ['T1499.003'] } },
      tenant: 'acme',
      principal: CLIENT,
      message: `Noisy client: 200 events by ${CLIENT} within 10s`,
      evidence: { attempts: 200, first: '2026-03-03T23:59:51.000Z', last: '2026-03-04T00:00:00.000Z' },
      first_crossing: '2026-03-04T00:00:00.000Z',
      cap: {
        client: CLIENT,
        class: '*',
        rate: 0.2,
        burst: 1,
        hold: '2026-03-04T00:05:00.000Z',
        end: '2026-03-04T00:08:00.000Z',
        strike: 1,
        mode: 'enforce',
      },
    });
    const hitAt = START + 10_000;
    expect([...ports.capsByClient.values()]).toEqual([
      {
        tenant: 'acme',
        client: CLIENT,
        detector: 'noisy-client',
        cap: {
          rate: 0.2,
          burst: 1,
          cls: '*',
          seq: hitAt * 1_000,
          hold: hitAt + 5 * MINUTE,
          end: hitAt + 8 * MINUTE,
          why: 'noisy-client',
          ev: id,
          strike: 1,
          mode: 'enforce',
        },
        window: String(Math.floor(hitAt / (5 * MINUTE))),
        guard: { scope: 'acme', max: 10 },
      },
    ]);
  });

  test('is not repeated while the cap is held, and strikes harder afterwards', async () => {
    const ports = memoryPorts();
    const records = Array.from({ length: 400 }, (_, n) => usage(n + 1, (n + 1) * 100));
    await createDetector(ports, options)(kinesisEvent(records));
    const caps = [...ports.findingsById.values()].map(
      (text) => (JSON.parse(text.slice(17)) as { cap: unknown }).cap,
    );
    expect(caps).toMatchObject([
      { strike: 1, rate: 0.2 },
      { strike: 2, rate: 0.1 },
    ]);
  });

  test('of clients that nobody can tell apart is none', async () => {
    const ports = memoryPorts();
    await createDetector(ports, options)(kinesisEvent([usage(1, 900, '-')]));
    expect(ports.findingsById.size).toBe(0);
  });
});

describe('the shard state', () => {
  test('is read again when another container has moved it on', async () => {
    const ports = memoryPorts();
    const here = createDetector(ports, options);
    const there = createDetector(ports, options);
    await here(kinesisEvent([usage(1, 90)]));
    await there(kinesisEvent([usage(2, 180)]));
    await here(kinesisEvent([usage(3, 270)]));
    expect(ports.findingsById.size).toBe(1);
  });

  test('that cannot be read is begun anew, with a warning, and old counters cut nobody', async () => {
    const ports = memoryPorts();
    ports.snapshotsByShard.set(SHARD, { state: '{"v":0}', version: 'old' });
    const { batchItemFailures } = await createDetector(ports, options)(kinesisEvent([usage(1, 5_000)]));
    expect(batchItemFailures).toEqual([]);
    expect(ports.observed[0]).toEqual({
      event: 'snapshot-unreadable',
      shard: SHARD,
      reason: 'snapshot.v: expected 1, got 0',
    });
    expect(ports.findingsById.size).toBe(0);
  });

  test('is not stored for records that were all taken before', async () => {
    const ports = memoryPorts();
    const detector = createDetector(ports, options);
    await detector(kinesisEvent([usage(1, 10)]));
    const before = ports.snapshotsByShard.get(SHARD);
    await detector(kinesisEvent([usage(1, 10)]));
    expect(ports.snapshotsByShard.get(SHARD)).toBe(before);
    expect(ports.observed.at(-1)).toMatchObject({ event: 'batch', records: 1, skipped: 1 });
  });
});

describe('what goes wrong', () => {
  test('a record that cannot be read is counted and passed over', async () => {
    const ports = memoryPorts();
    const bad = [
      rawRecord(1, 'not json'),
      rawRecord(2, '{"v":7,"key":"k","signals":[]}'),
      rawRecord(3, '{"v":1,"key":"k","signals":[{"kind":"rumour"}]}'),
    ];
    const answer = await createDetector(ports, options)(kinesisEvent([...bad, usage(4, 250)]));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(ports.findingsById.size).toBe(1);
    expect(ports.observed.at(-1)).toMatchObject({ event: 'batch', records: 4, unreadable: 3 });
  });

  test('a failed effect brings the shard back from its first record, the other shards not', async () => {
    const ports = memoryPorts();
    ports.fault = 'before-caps';
    const first = usage(1, 250);
    const other = usage(2, 10, 'user:u-1');
    const event = kinesisEvent([first, { ...other, eventID: other.eventID.replace(SHARD, 'shardId-1') }]);
    const answer = await createDetector(ports, options)(event);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: first.kinesis.sequenceNumber }] });
    expect([...ports.snapshotsByShard.keys()]).toEqual(['shardId-1']);
  });

  test('metrics that cannot be published are lost once and said to be', async () => {
    const world = memoryPorts();
    const login: Signal = {
      kind: 'trail',
      at: START,
      from: { stream: 's', position: '1' },
      service: 'api',
      tenant: 'acme',
      principal: CLIENT,
      action: 'authn_login_fail',
      outcome: 'failure',
      count: 3,
    };
    const tick: Signal = { kind: 'tick', at: START + 5 * MINUTE, from: { stream: 't', position: '1' } };
    const records = [signalRecord(1, principalKey('acme', CLIENT), [login]), signalRecord(2, 'tick', [tick])];
    const ports = {
      ...world,
      metrics: { put: () => Promise.reject(new Error('CloudWatch is away')) },
    };
    const detector = createDetector(ports, options);
    expect(await detector(kinesisEvent(records))).toEqual({ batchItemFailures: [] });
    expect(world.observed).toContainEqual({
      event: 'metrics-lost',
      shard: SHARD,
      count: 1,
      reason: 'CloudWatch is away',
    });
    const healed = createDetector(world, options);
    await healed(kinesisEvent(records));
    expect(world.published).toEqual([]);
  });
});
