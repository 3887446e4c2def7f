import { describe, expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate, type TestTrailgate, type TestTrailgateOptions } from './testing/index.ts';
import { staticKey, type TrailKey } from './trail-key/index.ts';
import { verifyTrail } from './wire/index.ts';

const KEY = new Uint8Array(32).fill(7);
const keys = (id: string): Uint8Array | undefined => (id === 'k-1' ? KEY : undefined);

/** An instance with a trail of 40 events between other lines. */
async function trailOf(options: TestTrailgateOptions = {}): Promise<TestTrailgate> {
  const kit = createTestTrailgate(options);
  const { trailgate } = kit;
  const handler = trailgate.wrap(async () => {
    trailgate.log.info('detail');
    trailgate.trail.denied({ target: 'order 17', reason: 'not the owner' });
    trailgate.trail.event('sensitive_read', {
      target: 'größe \u{1F511}',
      fields: { b: [1, { c: -0 }], 1: 'one' },
    });
    return { statusCode: 200 };
  });
  for (let i = 0; i < 20; i++) {
    await kit.invoke(handler, order({ user: `u${i}` }));
    kit.advance(400);
  }
  trailgate.flush();
  return kit;
}

const options: TestTrailgateOptions = { trailKey: staticKey(KEY, 'k-1') };

describe('the chain of a trail', () => {
  test.each([
    ['without a key', {}, {}],
    ['with one', options, { keys }],
  ])('%s is whole as it is written, with its end in the rollups', async (_, given, verify) => {
    const { lines, trail, rollups } = await trailOf(given);
    expect(verifyTrail(lines, verify)).toMatchObject({ ok: true, records: trail.length, unreadable: [] });
    expect(trail.map(({ chain }) => chain?.n)).toEqual(trail.map((_, n) => n));
    expect(rollups.at(-1)?.rollup.chain).toEqual({ records: trail.length, hash: trail.at(-1)?.chain?.hash });
  });

  test('shows what is changed, removed, exchanged, cut off and copied', async () => {
    const { lines, trail } = await trailOf(options);
    const at = (n: number): number => lines.findIndex((line) => line.includes(`"chain":{"n":${n},`));
    const without = (n: number): string[] => lines.filter((_, i) => i !== at(n));
    const copied = lines[at(5)]?.replace('"n":5', `"n":${trail.length}`) ?? '';
    const exchanged = lines.map((line, i) => lines[i === at(3) ? at(4) : i === at(4) ? at(3) : i] ?? line);
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [
        'changed',
        lines.map((line, i) => (i === at(6) ? line.replace('not the owner', 'not the 0wner') : line)),
      ],
      ['removed', without(7)],
      ['truncated', without(trail.length - 1)],
      ['reordered', exchanged],
      ['changed', [...lines, copied]],
    ];
    for (const [problem, tampered] of cases) {
      const report = verifyTrail(tampered, { keys });
      expect(report.ok).toBe(false);
      expect(report.instances.flatMap(({ findings }) => findings.map((one) => one.problem))).toContain(
        problem,
      );
    }
  });

  test('is not broken by a line that someone prints with a record inside', async () => {
    const kit = await trailOf(options);
    const forged = kit.lines.find((line) => line.includes('"kind":"trail"')) ?? '';
    kit.trailgate.log.error(`x\n${forged}\n`);
    kit.trailgate.trail.denied({ target: `\n${forged}`, reason: forged });
    expect(verifyTrail(kit.lines, { keys })).toMatchObject({ ok: true, records: kit.trail.length });
  });
});

describe('a key', () => {
  async function firstTrail(trailKey: TrailKey, waitMs: number): Promise<TestTrailgate> {
    const kit = createTestTrailgate({ trailKey });
    const handler = kit.trailgate.wrap(async () => {
      kit.trailgate.trail.denied({ target: 'order 17', reason: 'no' });
    });
    const running = kit.invoke(handler, {});
    await new Promise((next) => setImmediate(next));
    kit.advance(waitMs);
    await running;
    return kit;
  }

  test('that is loaded is waited for, so that the first record has it', async () => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    setImmediate(() => resolve(KEY));
    const kit = await firstTrail({ id: 'k-1', load: () => promise }, 0);
    expect(kit.trail).toMatchObject([{ chain: { n: 0, key: 'k-1' } }]);
    expect(kit.trailgate.ready).toBeUndefined();
  });

  test.each([
    ['cannot be had', () => Promise.reject(new Error('denied'))],
    [
      'throws',
      () => {
        throw new Error('denied');
      },
    ],
  ])('that %s leaves a chain without it, and says so', async (_, load) => {
    const kit = await firstTrail({ id: 'k-1', load }, 0);
    expect(kit.trail[0]?.chain).not.toHaveProperty('key');
    expect(kit.logs).toMatchObject([
      { message: 'trail key not loaded, the chain goes on without it', error: { message: 'denied' } },
    ]);
    expect(verifyTrail(kit.lines)).toMatchObject({ ok: true });
  });

  test('that takes longer than a second is not waited for, and taken when it comes', async () => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const kit = await firstTrail({ id: 'k-1', load: () => promise }, 1000);
    resolve(KEY);
    await promise;
    await new Promise((next) => setImmediate(next));
    kit.trailgate.trail.denied({ target: 'order 18', reason: 'no' });
    expect(kit.trail.map(({ chain }) => chain?.key)).toEqual([undefined, 'k-1']);
    expect(verifyTrail(kit.lines, { keys })).toMatchObject({ ok: true });
  });

  test('says so where what was loaded is no key', async () => {
    const trailKey = { id: 'k', load: async () => 7 as unknown as Uint8Array };
    const { trailgate, logs } = createTestTrailgate({ trailKey });
    await trailgate.ready;
    expect(logs).toMatchObject([{ message: 'trail key not loaded, the chain goes on without it' }]);
  });
});
