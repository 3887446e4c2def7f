import { describe, expect, test } from 'vitest';
import { readOutcome } from './batch-outcome.ts';

const numbers = ['101', '102', '103'];
const failing = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('readOutcome', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty object', {}],
    ['an absent list', { batchItemFailures: undefined }],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
  ])('%s is success', (_, response) => {
    expect(readOutcome(response, numbers, true)).toEqual({ is: 'success' });
  });

  test.each([
    ['an empty identifier', failing('')],
    ['a null identifier', failing(null)],
    ['an absent identifier', { batchItemFailures: [{}] }],
    ['a wrong key', { batchItemFailures: [{ sequenceNumber: '101' }] }],
    ['an identifier of another batch', failing('999')],
    ['a good identifier beside a bad one', failing('102', '')],
    ['an item that is no object', { batchItemFailures: ['101'] }],
    ['a list that is none', { batchItemFailures: '101' }],
    ['a text', 'processed 3 records'],
  ])('%s fails the whole batch', (_, response) => {
    expect(readOutcome(response, numbers, true)).toMatchObject({ is: 'failure' });
  });

  test('the lowest identifier counts, in any order', () => {
    expect(readOutcome(failing('103', '102'), numbers, true)).toEqual({ is: 'partial', from: 1 });
    expect(readOutcome(failing('102', '103'), numbers, true)).toEqual({ is: 'partial', from: 1 });
    expect(readOutcome(failing('101'), numbers, true)).toEqual({ is: 'partial', from: 0 });
  });

  test('without ReportBatchItemFailures every answer is success', () => {
    expect(readOutcome(failing('101'), numbers, false)).toEqual({ is: 'success' });
    expect(readOutcome('anything', numbers, false)).toEqual({ is: 'success' });
  });
});
