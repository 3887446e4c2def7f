import { expect, test } from 'vitest';
import { Closers } from './closers.ts';

test('ends the last first, all of them, and once', async () => {
  const ended: string[] = [];
  const closers = new Closers();
  closers.add(() => void ended.push('first'));
  closers.add(() => Promise.reject(new Error('stuck')));
  closers.add(() => void ended.push('last'));
  await expect(closers.close()).rejects.toThrow('stuck');
  await closers.close();
  expect(ended).toEqual(['last', 'first']);
});
