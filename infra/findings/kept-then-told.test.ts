import type { FindingPort } from '@trailgate/detectors';
import { expect, test } from 'vitest';
import { keptThenTold } from './kept-then-told.ts';

const FINDINGS = [{ index: 'trail-2026.11.22', id: 'f1', source: '{}' }];

test('people are told of a finding that is kept, and of none that is not', async () => {
  const done: string[] = [];
  const port = (name: string, fails = false): FindingPort => ({
    put: async (findings) => {
      if (fails) throw new Error(`${name} is away`);
      done.push(`${name} ${findings.map(({ id }) => id)}`);
    },
  });
  await keptThenTold(port('index'), port('topic')).put(FINDINGS);
  expect(done).toEqual(['index f1', 'topic f1']);
  await expect(keptThenTold(port('index', true), port('topic')).put(FINDINGS)).rejects.toThrow(
    'index is away',
  );
  expect(done).toHaveLength(2);
});
