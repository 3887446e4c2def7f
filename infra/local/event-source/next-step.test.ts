import { describe, expect, test } from 'vitest';
import { expiredCount, nextStep, type RetryPolicy } from './next-step.ts';

const policy = (changes: Partial<RetryPolicy> = {}): RetryPolicy => ({
  bisectBatchOnFunctionError: true,
  maximumRetryAttempts: 2,
  maximumRecordAgeInSeconds: -1,
  ...changes,
});
const failure = { is: 'failure', reason: '' } as const;
const step = (finished: string, discarded: string, remaining: readonly (readonly [string, number])[]) => ({
  finished: [...finished],
  discarded: [...discarded],
  remaining: remaining.map(([records, retries]) => ({ records: [...records], retries })),
});
const attempt = (records: string, retries: number) => ({ records: [...records], retries });

describe('nextStep', () => {
  test('success finishes the batch', () => {
    expect(nextStep(attempt('abc', 1), { is: 'success' }, policy())).toEqual(step('abc', '', []));
  });

  test('a failed batch is split in two, which uses no retries', () => {
    expect(nextStep(attempt('abcde', 1), failure, policy())).toEqual(
      step('', '', [
        ['abc', 1],
        ['de', 1],
      ]),
    );
  });

  test('a split is free even when the retries are used up', () => {
    expect(nextStep(attempt('ab', 2), failure, policy())).toEqual(
      step('', '', [
        ['a', 2],
        ['b', 2],
      ]),
    );
  });

  test('a single record is retried until its retries are used up, then given up', () => {
    expect(nextStep(attempt('a', 1), failure, policy())).toEqual(step('', '', [['a', 2]]));
    expect(nextStep(attempt('a', 2), failure, policy())).toEqual(step('', 'a', []));
  });

  test('without bisect the whole batch is retried and given up together', () => {
    const whole = policy({ bisectBatchOnFunctionError: false });
    expect(nextStep(attempt('abc', 0), failure, whole)).toEqual(step('', '', [['abc', 1]]));
    expect(nextStep(attempt('abc', 2), failure, whole)).toEqual(step('', 'abc', []));
  });

  test('no retries means one invocation', () => {
    expect(nextStep(attempt('a', 0), failure, policy({ maximumRetryAttempts: 0 }))).toEqual(
      step('', 'a', []),
    );
  });

  test('-1 retries without end', () => {
    const endless = policy({ maximumRetryAttempts: -1 });
    expect(nextStep(attempt('a', 10_000), failure, endless)).toEqual(step('', '', [['a', 10_001]]));
  });

  test('a partial answer checkpoints what is before, and retries the good ones behind too', () => {
    expect(nextStep(attempt('abcd', 0), { is: 'partial', from: 2 }, policy())).toEqual(
      step('ab', '', [['cd', 0]]),
    );
  });

  test('a partial answer without bisect uses a retry', () => {
    const whole = policy({ bisectBatchOnFunctionError: false });
    expect(nextStep(attempt('abcd', 0), { is: 'partial', from: 2 }, whole)).toEqual(
      step('ab', '', [['cd', 1]]),
    );
    expect(nextStep(attempt('abcd', 2), { is: 'partial', from: 2 }, whole)).toEqual(step('ab', 'cd', []));
  });

  test('a partial answer that names the first record uses a retry, so that it ends', () => {
    expect(nextStep(attempt('ab', 0), { is: 'partial', from: 0 }, policy())).toEqual(
      step('', '', [['ab', 1]]),
    );
    expect(nextStep(attempt('ab', 2), { is: 'partial', from: 0 }, policy())).toEqual(step('', 'ab', []));
  });
});

describe('expiredCount', () => {
  const arrived = [1_000, 2_000, 3_000].map((arrivedAt) => ({ arrivedAt }));

  test.each([
    [60_999, 0],
    [61_000, 0],
    [61_001, 1],
    [63_000, 2],
    [90_000, 3],
  ])('at %d ms, with 60 s allowed, %d records are too old', (now, expired) => {
    expect(expiredCount(arrived, now, policy({ maximumRecordAgeInSeconds: 60 }))).toBe(expired);
  });

  test('-1 keeps records for ever', () => {
    expect(expiredCount(arrived, 1e15, policy())).toBe(0);
  });
});
