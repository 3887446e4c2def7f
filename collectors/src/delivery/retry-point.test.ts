import { expect, test } from 'vitest';
import { kinesisEvent } from '../testing/kinesis-event.ts';
import { RetryPointError, retryPoint } from './retry-point.ts';

function records(...sequenceNumbers: readonly string[]) {
  return kinesisEvent(sequenceNumbers.map(() => new Uint8Array())).Records.map((record, n) => ({
    ...record,
    kinesis: { ...record.kinesis, sequenceNumber: sequenceNumbers[n] ?? '' },
  }));
}

test('nothing failed: nothing to return', () => {
  expect(retryPoint(records('1', '2'), new Set())).toBeUndefined();
});

test('the lowest number, as a number and not as text', () => {
  expect(retryPoint(records('8', '9', '10'), new Set([1, 2]))).toBe('9');
});

test('a failed record without number gives the lowest of the batch, never an empty one', () => {
  expect(retryPoint(records('7', '', '9'), new Set([1]))).toBe('7');
});

test('a batch without any number throws, so that all of it comes again', () => {
  expect(() => retryPoint(records('', ''), new Set([1]))).toThrow(RetryPointError);
});
