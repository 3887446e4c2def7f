import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchOutcome, readOutcome } from './batch-outcome.ts';
import type { GivenUp } from './failure-record.ts';
import { processBatch } from './process-batch.ts';
import type { StreamRecord } from './stream-record.ts';

const record = (n: number, arrivedAt = 0): StreamRecord => ({
  sequenceNumber: String(100 + n),
  partitionKey: 'p',
  data: '',
  arrivedAt,
});
const numbersOf = (records: readonly StreamRecord[]) => records.map((each) => each.sequenceNumber);

interface Run {
  readonly invoked: (readonly string[])[];
  readonly checkpoints: string[];
  readonly given: GivenUp[];
  readonly backOffs: number[];
}

async function run(
  records: readonly StreamRecord[],
  answer: (numbers: readonly string[], run: Run) => BatchOutcome,
  policy: { bisect?: boolean; retries?: number; age?: number; now?: () => number } = {},
  signal = new AbortController().signal,
): Promise<Run> {
  const result: Run = { invoked: [], checkpoints: [], given: [], backOffs: [] };
  await processBatch(
    records,
    {
      bisectBatchOnFunctionError: policy.bisect ?? true,
      maximumRetryAttempts: policy.retries ?? -1,
      maximumRecordAgeInSeconds: policy.age ?? -1,
    },
    {
      invoke: async (batch) => {
        result.invoked.push(numbersOf(batch));
        return answer(numbersOf(batch), result);
      },
      giveUp: async (given) => void result.given.push(given),
      checkpoint: (number) => void result.checkpoints.push(number),
      clock: policy.now ?? (() => 0),
      backOff: async (retries) => void result.backOffs.push(retries),
      signal,
    },
  );
  return result;
}

const four = [record(0), record(1), record(2), record(3)];
const failure: BatchOutcome = { is: 'failure', reason: '' };
const success: BatchOutcome = { is: 'success' };

describe('processBatch', () => {
  test('bisects down to the bad record, gives it up alone and goes on', async () => {
    const { invoked, given, checkpoints } = await run(
      four,
      (numbers) => (numbers.includes('102') ? failure : success),
      { retries: 1 },
    );
    expect(invoked).toEqual([
      ['100', '101', '102', '103'],
      ['100', '101'],
      ['102', '103'],
      ['102'],
      ['102'],
      ['103'],
    ]);
    expect(given).toEqual([
      {
        records: [four[2]],
        condition: 'RetryAttemptsExhausted',
        invocations: 4,
        functionError: true,
      },
    ]);
    expect(checkpoints).toEqual(['101', '102', '103']);
  });

  test('a partial answer checkpoints the good ones and retries from the lowest', async () => {
    const { invoked, checkpoints } = await run(four, (numbers, { invoked: so }) =>
      so.length === 1 ? { is: 'partial', from: numbers.indexOf('102') } : success,
    );
    expect(invoked).toEqual([
      ['100', '101', '102', '103'],
      ['102', '103'],
    ]);
    expect(checkpoints).toEqual(['101', '103']);
  });

  test('backs off longer with each retry, and not after success', async () => {
    const { backOffs } = await run([record(0)], (_, { invoked }) => (invoked.length < 4 ? failure : success));
    expect(backOffs).toEqual([0, 1, 2]);
  });

  test('records that are too old are given up before they are invoked', async () => {
    const batch = [record(0, 0), record(1, 0), record(2, 50_000)];
    const { invoked, given, checkpoints } = await run(batch, () => success, { age: 60, now: () => 61_000 });
    expect(invoked).toEqual([['102']]);
    expect(given).toEqual([
      {
        records: batch.slice(0, 2),
        condition: 'RecordAgeExceeded',
        invocations: 0,
        functionError: false,
      },
    ]);
    expect(checkpoints).toEqual(['101', '102']);
  });

  test('retries without end stop when the records become too old', async () => {
    let now = 0;
    const { invoked, given } = await run([record(0)], () => failure, { age: 60, now: () => (now += 20_000) });
    expect(invoked).toHaveLength(3);
    expect(given).toMatchObject([{ condition: 'RecordAgeExceeded', invocations: 3, functionError: true }]);
  });

  test('an aborted invocation moves no checkpoint', async () => {
    const abort = new AbortController();
    const { checkpoints, invoked } = await run(
      four,
      () => {
        abort.abort();
        return success;
      },
      {},
      abort.signal,
    );
    expect(invoked).toHaveLength(1);
    expect(checkpoints).toEqual([]);
  });

  test('whatever fails before it succeeds: each record is delivered, in order, and none is passed by', async () => {
    const answers = fc.array(
      fc.oneof(fc.constant('throws'), fc.constant('malformed'), fc.array(fc.nat(11), { minLength: 1 })),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        answers,
        fc.boolean(),
        async (size, script, bisect) => {
          const records = Array.from({ length: size }, (_, n) => record(n));
          const delivered = new Set<string>();
          const successes: string[] = [];
          const { checkpoints, invoked } = await run(
            records,
            (numbers, { invoked: so, checkpoints: passed }) => {
              // All before the batch is done; nothing behind the checkpoint is invoked again.
              const first = Number(numbers[0]);
              expect(passed.every((number) => Number(number) < first)).toBe(true);
              const said = script[so.length - 1];
              if (said === 'throws') return failure;
              const failing =
                said === 'malformed'
                  ? [{ itemIdentifier: '' }]
                  : (said ?? []).flatMap((at) => {
                      const itemIdentifier = numbers[at];
                      return itemIdentifier === undefined ? [] : [{ itemIdentifier }];
                    });
              const outcome = readOutcome({ batchItemFailures: failing }, numbers, true);
              const done =
                outcome.is === 'success'
                  ? numbers
                  : outcome.is === 'partial'
                    ? numbers.slice(0, outcome.from)
                    : [];
              for (const number of done) delivered.add(number);
              successes.push(...done);
              return outcome;
            },
            { bisect },
          );
          expect([...delivered]).toEqual(numbersOf(records));
          expect(successes).toEqual(numbersOf(records));
          expect(checkpoints.at(-1)).toBe(records.at(-1)?.sequenceNumber);
          expect([...checkpoints]).toEqual([...checkpoints].sort());
          for (const batch of invoked) {
            expect(batch.map(Number)).toEqual(batch.map((_, at) => Number(batch[0]) + at));
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
