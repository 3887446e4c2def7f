import { expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { redactionRules } from './redaction/index.ts';
import { createTestTrailgate } from './testing/index.ts';

test('rules of the function’s own reach lines, errors, paths, requests and the trail', async () => {
  const { trailgate, invoke, lines, requests } = createTestTrailgate({
    redaction: redactionRules({ patterns: [{ name: 'badge', pattern: /badge-\d{4}/ }] }),
  });
  const handler = trailgate.wrap(async () => {
    trailgate.log.info('shown badge-1111', { seen: ['badge-2222'] });
    trailgate.log.error('broken', new Error('no badge-3333', { cause: new Error('badge-4444') }));
    trailgate.trail.denied({ target: 'badge-5555', reason: 'badge-6666 expired' });
    throw new Error('gone: badge-7777');
  });
  const event = { ...order(), path: '/doors/badge-8888' };
  await expect(invoke(handler, event)).rejects.toThrow('gone: badge-7777');
  expect(lines.filter((line) => /badge-\d/.test(line))).toEqual([]);
  expect(requests).toMatchObject([
    { url: { path: '/doors/[redacted:badge]' }, error: { message: 'gone: [redacted:badge]' } },
  ]);
});
