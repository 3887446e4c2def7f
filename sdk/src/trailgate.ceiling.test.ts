import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

const INVOCATIONS = 10_000;
const LINES = 20;
const CEILING = { bytesPerSecond: 65_536, burstBytes: 1_048_576 };

async function storm(text: string, invocations: number) {
  const kit = createTestTrailgate({ sampling: { rate: 0, ceiling: CEILING } });
  const { log } = kit.trailgate;
  const handler = kit.trailgate.wrap(async () => {
    for (let i = 0; i < LINES; i++) log.info(`${text} ${i}`, { i });
    log.error('the error itself');
    kit.advance(1);
    throw new Error('down');
  });
  for (let i = 0; i < invocations; i++) await kit.invoke(handler, order()).catch(() => undefined);
  kit.trailgate.flush();
  const detail = kit.lines.filter((line) => line.includes(`"message":"${text}`));
  return { kit, detail, bytes: detail.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) };
}

describe('a storm of failures', () => {
  test('writes no more detail than the ceiling, all errors and requests, and the exact counts', async () => {
    const { kit, detail, bytes } = await storm('step', INVOCATIONS);
    const { requests, logs, rollups, records } = kit;
    // Ten seconds of a storm: errors spend too, so that it is less, but not nothing.
    expect(bytes).toBeLessThan(CEILING.burstBytes + 10 * CEILING.bytesPerSecond);
    expect(bytes).toBeGreaterThan(100_000);
    expect(requests.filter(({ kept }) => kept === 'error').length).toBe(INVOCATIONS);
    expect(logs.filter(({ level }) => level === 'ERROR').length).toBe(INVOCATIONS);
    const rollup = rollups.at(-1)?.rollup;
    expect(rollup?.held?.lines).toBe(INVOCATIONS * LINES - detail.length);
    expect(rollup?.requests).toEqual([
      { route: 'GET /orders/{id}', status: 500, tenant: '-', count: INVOCATIONS, kept: INVOCATIONS },
    ]);
    expect(rollup?.latency[0]?.buckets.reduce((sum, [, count]) => sum + count, 0)).toBe(INVOCATIONS);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i));
  }, 60_000);

  test('of text outside ASCII is bounded too: a character is at most three bytes', async () => {
    const { bytes } = await storm('注文'.repeat(2000), 300);
    expect(bytes).toBeLessThan(3 * (CEILING.burstBytes + CEILING.bytesPerSecond));
  }, 60_000);

  test('does not hold back the trail, and detail flows again when it is over', async () => {
    const kit = createTestTrailgate({
      sampling: { rate: 1, ceiling: { bytesPerSecond: 65_536, burstBytes: 65_536 } },
    });
    const handler = kit.trailgate.wrap(async () => {
      for (let i = 0; i < 1000; i++) kit.trailgate.log.warn('detail');
      kit.trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 200 };
    });
    await kit.invoke(handler, order());
    const first = kit.logs.length;
    expect(first).toBeLessThan(1000);
    expect([kit.trail.length, kit.requests.length]).toEqual([1, 1]);
    kit.advance(1000);
    await kit.invoke(handler, order());
    expect(kit.logs.length).toBeGreaterThan(first * 1.5);
    expect(kit.rollups.at(-1)?.rollup.held?.lines).toBe(2000 - kit.logs.length);
  });

  test('does not hold back what sampling lets pass: its rate bounds that', async () => {
    const kit = createTestTrailgate({
      sampling: { rate: 1, ceiling: { bytesPerSecond: 1, burstBytes: 65_536 } },
    });
    const handler = kit.trailgate.wrap(async () => {
      for (let i = 0; i < 1000; i++) kit.trailgate.log.info('sampled');
      return { statusCode: 200 };
    });
    await kit.invoke(handler, order());
    expect(kit.logs.length).toBe(1000);
  });
});
