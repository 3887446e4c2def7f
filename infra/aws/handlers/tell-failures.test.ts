import { expect, test } from 'vitest';
import { tellFailures } from './tell-failures.ts';

test('a put that fails fails as before, and its reason is a line of the log', async () => {
  const lines: string[] = [];
  const error = new RangeError('no key "k"');
  const port = tellFailures(
    { put: (items: readonly number[]) => (items.length > 1 ? Promise.reject(error) : Promise.resolve()) },
    'signals',
    (line) => lines.push(line),
  );
  await port.put([1]);
  expect(lines).toEqual([]);
  await expect(port.put([1, 2])).rejects.toBe(error);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { level: 'ERROR', message: 'signals not put: RangeError: no key "k"' },
  ]);
});
