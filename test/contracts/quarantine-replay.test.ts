import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BulkOutcome, IndexPort, QuarantineEntry } from '@trailgate/collectors';
import { afterAll, describe, expect, test } from 'vitest';
import { type MemoryS3Options, memoryS3 } from '../../collectors/src/s3/testing/memory-s3.ts';
import { isClear } from '../../infra/cli/quarantine-report.ts';
import { type ReplayCounts, replayKept } from '../../infra/cli/quarantine-run.ts';
import { failureRecord } from '../../infra/local/event-source/failure-record.ts';
import { folderPlace } from './folder-place.ts';
import { itemsIn, type KeptPlace, keptEntry } from './quarantine-contract.ts';
import { s3Place } from './s3-place.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-replay-'));
afterAll(() => rmSync(root, { recursive: true }));

/** An index whose outcome for a document that is not there a test decides. */
class DecidedIndex implements IndexPort {
  readonly documents = new Map<string, number>();
  readonly decide: (id: string) => BulkOutcome['status'];

  constructor(decide: (id: string) => BulkOutcome['status'] = () => 'created') {
    this.decide = decide;
  }

  async bulk(documents: Parameters<IndexPort['bulk']>[0]): Promise<readonly BulkOutcome[]> {
    return Array.from({ length: documents.count }, (_, at): BulkOutcome => {
      const path = `${documents.index(at)}/${documents.id(at)}`;
      if (this.documents.has(path)) return { status: 'exists' };
      const status = this.decide(path);
      if (status === 'created') this.documents.set(path, this.documents.size);
      return status === 'rejected' || status === 'retry' ? { status, reason: 'decided' } : { status };
    });
  }
}

interface Time {
  now: number;
}

function replayed(
  place: KeptPlace,
  index: IndexPort,
  rate?: number,
  time: Time = { now: 0 },
): Promise<ReplayCounts> {
  return replayKept(
    place.open(),
    { filter: {}, dryRun: false, rate },
    {
      index,
      indexPeriod: 'day',
      clock: () => time.now,
      sleep: async (ms) => {
        time.now += ms;
      },
      random: () => 0.5,
    },
  );
}

const idOf = (path: string): string => path.slice(path.indexOf('/') + 1);

function lineEntry(number: number): QuarantineEntry {
  return keptEntry(number, {
    id: `pDT2eZ8w-${number}`,
    raw: Buffer.from(`text ${number}`).toString('base64'),
  });
}

const memoryPlace = (options: Partial<MemoryS3Options> = {}) => {
  const s3 = memoryS3({ bucket: 'kept', pageKeys: 3, clock: Date.now, ...options });
  return s3Place(s3.client, 'kept', 'trailgate');
};

describe.each([
  ['a folder', () => folderPlace(root)],
  ['S3', memoryPlace],
])('replay of quarantine in %s', (_, newPlace) => {
  test('stops at what the index does not take now, keeps all of it, and goes on later', async () => {
    const place = await newPlace();
    for (let from = 0; from < 450; from += 90) {
      await place.open().put(Array.from({ length: 90 }, (_, number) => lineEntry(from + number)));
    }
    let accepted = 0;
    const index = new DecidedIndex(() => (++accepted > 250 ? 'retry' : 'created'));
    const first = await replayed(place, index);
    expect(isClear(first)).toBe(false);
    expect(first.undelivered).toBeGreaterThan(0);
    expect(first.taken).toBe(first.replayed + first.undelivered);
    expect(first.taken).toBeLessThan(450);
    const left = await itemsIn(place);
    expect(left).toHaveLength(450 - first.replayed);
    expect(left.every((item) => item.is === 'entry' && item.entry.reason === lineEntry(0).reason)).toBe(true);

    accepted = Number.NEGATIVE_INFINITY;
    const second = await replayed(place, index);
    expect(isClear(second)).toBe(true);
    expect(first.replayed + second.replayed).toBe(450);
    expect(new Set([...index.documents.keys()].map(idOf)).size).toBe(450);
    expect(index.documents.size).toBe(450);
    expect(await itemsIn(place)).toEqual([]);
  });

  test('what the index refuses again and again stays, each time once, and the counts add up', async () => {
    const place = await newPlace();
    for (let from = 0; from < 60; from += 6) {
      await place.open().put(Array.from({ length: 6 }, (_, number) => lineEntry(from + number)));
    }
    const stubborn = new Set<string>();
    const index = new DecidedIndex((path) => {
      if (stubborn.size < 25) stubborn.add(path);
      return stubborn.has(path) ? 'rejected' : 'created';
    });
    const first = await replayed(place, index);
    expect(first).toMatchObject({ taken: 60, replayed: 35, again: 25, undelivered: 0, copies: 0 });
    expect([...first.reasons]).toEqual([[expect.stringContaining('decided'), 25]]);
    expect(first.lines).toMatchObject({ read: 60, business: 35, quarantined: 25 });
    const second = await replayed(place, index);
    expect(second).toMatchObject({ taken: 25, replayed: 0, again: 25, copies: 0 });
    const left = await itemsIn(place);
    expect(left).toHaveLength(25);
    expect(left.every((item) => item.is === 'entry' && item.entry.reason.includes('decided'))).toBe(true);
    stubborn.clear();
    for (let number = 0; number < 25; number++) stubborn.add(String(number));
    expect(await replayed(place, index)).toMatchObject({ taken: 25, replayed: 25, again: 0 });
    expect(index.documents.size).toBe(60);
  });

  test('keeps to the rate', async () => {
    const place = await newPlace();
    await place.open().put(Array.from({ length: 100 }, (_, number) => lineEntry(number)));
    const time = { now: 5_000 };
    await replayed(place, new DecidedIndex(), 10, time);
    expect(time.now).toBe(15_000);
  });
});

describe('replay of quarantine in S3', () => {
  test('copies of an entry after redelivery in another cut are counted once and all go', async () => {
    const place = await memoryPlace();
    await place.open().put([lineEntry(1), lineEntry(2)]);
    await place.open().put([lineEntry(2), lineEntry(3)]);
    const index = new DecidedIndex();
    expect(await replayed(place, index)).toMatchObject({ taken: 3, replayed: 3, copies: 1 });
    expect(index.documents.size).toBe(3);
    expect(await itemsIn(place)).toEqual([]);
  });

  test.each([
    ['is cut off before', undefined],
    ['is carried out and cut off before its answer', true],
  ] as const)('whichever request %s, the next run brings all to one place', async (_, done) => {
    const given = { condition: 'RetryAttemptsExhausted', invocations: 1, functionError: true } as const;
    const origin = { shardId: 's', streamArn: 'arn:aws:kinesis:r:1:stream/logs', functionName: 'f' };
    const subscription = {
      messageType: 'DATA_MESSAGE',
      owner: '1',
      logGroup: 'g',
      logStream: 'batch',
      subscriptionFilters: [],
      logEvents: [
        { id: '1', timestamp: keptEntry(0).at, message: 'in a batch' },
        { id: '2', timestamp: keptEntry(0).at, message: 'refused' },
      ],
    };
    const data = Buffer.from(JSON.stringify(subscription)).toString('base64');
    const record = { sequenceNumber: '1', partitionKey: 'p', data, arrivedAt: keptEntry(0).at };
    const failure = JSON.stringify(failureRecord({ records: [record], ...given }, origin, 'r', 1));
    let faults = 0;
    for (let at = 1, more = true; more; at++) {
      let requests = Number.NEGATIVE_INFINITY;
      const fault: MemoryS3Options['fault'] = () =>
        ++requests === at ? { status: 500, code: 'Cut', ...(done === undefined ? {} : { done }) } : undefined;
      const place = await memoryPlace({ fault });
      await place.open().put([lineEntry(1), lineEntry(2), lineEntry(3)]);
      await place.open().put([lineEntry(3), lineEntry(4)]);
      await place.leaveFailure(failure);
      const index = new DecidedIndex((path) => (/-0*2$/.test(path) ? 'rejected' : 'created'));
      requests = 0;
      const first = await replayed(place, index).catch((error: Error) => error);
      more = requests >= at;
      expect(first instanceof Error).toBe(more);
      if (more) faults++;
      requests = Number.NEGATIVE_INFINITY;
      await replayed(place, index);
      expect(index.documents.size).toBe(4);
      const left = await itemsIn(place);
      expect(new Set(left.map(({ id }) => id)).size).toBe(2);
      expect(left.every((item) => item.is === 'entry')).toBe(true);
    }
    expect(faults).toBeGreaterThan(10);
  });
});
