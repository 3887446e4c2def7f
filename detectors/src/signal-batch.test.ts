import { SIGNAL_VERSION } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';
import { readSignalBatch } from './signal-batch.ts';

const SEEN = { kind: 'seen', at: 1, from: { stream: 'log/a#00112233445566aa', position: '9' } };

function read(...signals: readonly object[]): ReturnType<typeof readSignalBatch> {
  const batch = JSON.stringify({ v: SIGNAL_VERSION, key: 'instance:log/a', signals });
  return readSignalBatch(Buffer.from(batch).toString('base64'));
}

test('ranges of numbers are read as they are told', () => {
  const signals = [
    {
      ...SEEN,
      ranges: [
        [0, 4],
        [7, 9],
      ],
    },
    { ...SEEN, ranges: [] },
  ];
  expect(read(...signals)).toEqual({ key: 'instance:log/a', signals, unreadable: 0 });
});

test.each<[string, unknown]>([
  ['that end before they begin', [[4, 3]]],
  ['of half numbers', [[0.5, 3]]],
  ['below 0', [[-1, 3]]],
  ['without an end', [[1]]],
  ['in any number', Array.from({ length: 10_000 }, (_, n) => [n * 2, n * 2])],
  ['that are none', 'all'],
])('ranges %s are not of the contract, and cost no other signal', (_, ranges) => {
  const good = { ...SEEN, ranges: [[1, 1]] };
  expect(read({ ...SEEN, ranges }, good)).toMatchObject({ signals: [good], unreadable: 1 });
});
