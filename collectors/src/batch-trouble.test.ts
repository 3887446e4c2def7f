import { expect, test } from 'vitest';
import { batchTrouble } from './batch-trouble.ts';
import { createCollector } from './collector.ts';
import type { IndexPort } from './ports.ts';
import { eventOfLines } from './testing/kinesis-event.ts';
import { memoryPorts } from './testing/memory-ports.ts';
import { trailLine } from './testing/sdk-lines.ts';

async function troubleOf(index: IndexPort | undefined, ...lines: readonly string[]): Promise<unknown> {
  const ports = memoryPorts(index);
  await createCollector(ports)(eventOfLines(...lines));
  const [summary] = ports.summaries;
  return summary && batchTrouble(summary);
}

const DOWN: IndexPort = {
  bulk: () => Promise.reject(Object.assign(new Error('no password=hunter2'), { code: 'ECONNREFUSED' })),
};

test('a batch that went well has nothing to say', async () => {
  expect(await troubleOf(undefined, 'a')).toBeUndefined();
});

test('what is delivered again is an error that says why and from where', async () => {
  expect(await troubleOf(DOWN, 'a', trailLine(0))).toEqual({
    level: 'ERROR',
    message: expect.stringMatching(
      /^2 of 2 lines are nowhere yet \(business index: ECONNREFUSED \d+ times, trail index: ECONNREFUSED \d+ times\); delivered again from 101$/,
    ),
  });
});

test('what was set aside is a warning with its count', async () => {
  expect(await troubleOf(undefined, 'a', trailLine(0).slice(0, -2))).toEqual({
    level: 'WARN',
    message: '1 lines and 0 whole records were set aside in quarantine',
  });
});
