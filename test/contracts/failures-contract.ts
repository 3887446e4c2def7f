/** What a replay needs of the place where given-up batches are left, run against every adapter of it. */
import type { KeptBatch } from '@trailgate/collectors/s3';
import { describe, expect, test } from 'vitest';
import { type FailureRecord, failureRecord } from '../../infra/local/event-source/failure-record.ts';
import { toKinesisEvent } from '../../infra/local/event-source/stream-record.ts';
import { itemsIn, type KeptPlace } from './quarantine-contract.ts';

const AT = Date.parse('2026-11-22T10:00:00.000Z');
const ORIGIN = {
  shardId: 'shardId-000000000001',
  streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/logs',
  functionName: 'collector',
};

function records(...numbers: readonly number[]) {
  return numbers.map((number) => ({
    sequenceNumber: String(number),
    partitionKey: 'p',
    data: Buffer.from(`{"n":${number}}`).toString('base64'),
    arrivedAt: AT + number,
  }));
}

function failure(at: number, ...numbers: readonly number[]): FailureRecord {
  const given = { condition: 'RetryAttemptsExhausted', invocations: 3, functionError: true } as const;
  return failureRecord({ records: records(...numbers), ...given }, ORIGIN, `request ${at}`, at);
}

export function failuresContract(name: string, newPlace: () => KeptPlace | Promise<KeptPlace>): void {
  describe(`given-up batches in ${name}`, () => {
    test('are read with their reason and the event that they were', async () => {
      const place = await newPlace();
      await place.leaveFailure(JSON.stringify(failure(AT, 1, 2)));
      const items = await itemsIn(place);
      expect(items).toEqual([
        expect.objectContaining({
          is: 'batch',
          id: expect.stringMatching(/^batch-/),
          batch: expect.objectContaining({
            condition: 'RetryAttemptsExhausted',
            invocations: 3,
            shardId: ORIGIN.shardId,
            startSequenceNumber: '1',
            endSequenceNumber: '2',
            at: AT,
            event: toKinesisEvent(records(1, 2), ORIGIN),
          }),
        }),
      ]);
    });

    test('are found by id, reason and time, and by no log group', async () => {
      const place = await newPlace();
      await place.leaveFailure(JSON.stringify(failure(AT, 1)));
      await place.leaveFailure(JSON.stringify(failure(AT + 1_000, 2)));
      const [first] = await itemsIn(place, { reason: 'retryattempts' });
      expect(await itemsIn(place, { ids: new Set([first?.id ?? '']) })).toEqual([first]);
      expect((await itemsIn(place, { since: AT + 1 })).map(startOf)).toEqual(['2']);
      expect(await itemsIn(place, { group: '' })).toEqual([]);
      expect(await itemsIn(place, { reason: 'RecordAgeExceeded' })).toEqual([]);
    });

    test('that were replayed are gone, and those that failed again stay as they are', async () => {
      const place = await newPlace();
      for (const number of [1, 2]) await place.leaveFailure(JSON.stringify(failure(AT, number)));
      const before = await itemsIn(place);
      const [one, two] = before;
      if (one === undefined || two === undefined) throw new Error('expected two batches');
      const verdicts = [
        { item: one, is: 'replayed' },
        { item: two, is: 'again', reason: 'unreadable' },
      ] as const;
      await place.open().settle(verdicts);
      expect(await itemsIn(place)).toEqual([two]);
      await place.open().settle(verdicts);
      expect(await itemsIn(place)).toEqual([two]);
    });

    test('given up twice have one id', async () => {
      const place = await newPlace();
      await place.leaveFailure(JSON.stringify(failure(AT, 1, 2)));
      await place.leaveFailure(JSON.stringify(failure(AT + 60_000, 1, 2)));
      await place.leaveFailure(JSON.stringify(failure(AT, 1)));
      expect(new Set((await itemsIn(place)).map(({ id }) => id)).size).toBe(2);
    });
  });
}

function startOf(item: Awaited<ReturnType<typeof itemsIn>>[number]): string {
  return (item as KeptBatch).batch.startSequenceNumber;
}
