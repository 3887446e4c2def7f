/** What a detector needs of the place that shards' states are kept in, run against every adapter of it. */
import type { SnapshotPort } from '@trailgate/detectors';
import { describe, expect, test } from 'vitest';

/** `open` gives an empty place as another process would open it: what one has saved, the next can load. */
export interface SnapshotPlace {
  open(): SnapshotPort;
}

export interface SnapshotEngine {
  /** The engine looks and writes in one step; a stand-in may not. @default true */
  readonly isAtomic?: boolean;
}

/** As large as a busy shard's, with text that takes several bytes a character. */
const LARGE = JSON.stringify({ keys: Array.from({ length: 40_000 }, (_, n) => `user:ünïcode-${n}`) });

export function snapshotContract(
  name: string,
  newPlace: () => SnapshotPlace,
  { isAtomic = true }: SnapshotEngine = {},
): void {
  describe(`snapshots in ${name}`, () => {
    test('are loaded as they were saved last, each shard by itself', async () => {
      const place = newPlace();
      const before = place.open();
      expect(await before.load('shardId-000000000001')).toBeUndefined();
      const first = await before.save('shardId-000000000001', 'one', undefined);
      const second = await before.save('shardId-000000000001', LARGE, first);
      const other = await before.save('shardId-000000000002', '', undefined);
      const after = place.open();
      expect(second).not.toBe(first);
      expect(await after.load('shardId-000000000001')).toMatchObject({ state: LARGE, version: second });
      expect(await after.load('shardId-000000000002')).toMatchObject({ state: '', version: other });
    });

    test('go on from the version that is stored and from no other', async () => {
      const snapshots = newPlace().open();
      const first = await snapshots.save('s', 'a', undefined);
      const last = await snapshots.save('s', 'b', first);
      for (const expected of [first, undefined, 'no version']) {
        await expect(snapshots.save('s', 'x', expected)).rejects.toMatchObject({
          code: 'SNAPSHOT_CONFLICT',
          message: `snapshot of shard s: expected version ${expected ?? 'none'}, but version ${last} is stored`,
        });
      }
      await expect(snapshots.save('t', 'x', first)).rejects.toMatchObject({
        code: 'SNAPSHOT_CONFLICT',
        message: expect.stringContaining('but version none is stored'),
      });
      expect(await snapshots.load('s')).toMatchObject({ state: 'b', version: last });
      expect(await snapshots.load('t')).toBeUndefined();
    });

    test.runIf(isAtomic)('of many writers at once one is first, and the others are told', async () => {
      const place = newPlace();
      for (const expected of [undefined, await place.open().save('s', 'begin', undefined)]) {
        const shard = expected === undefined ? 'new' : 's';
        const tries = await Promise.allSettled(
          Array.from({ length: 8 }, (_, n) => place.open().save(shard, `writer ${n}`, expected)),
        );
        const winners = [...tries.entries()].filter(([, { status }]) => status === 'fulfilled');
        expect(winners).toHaveLength(1);
        for (const { reason } of tries.filter((one) => one.status === 'rejected')) {
          expect(reason).toMatchObject({ code: 'SNAPSHOT_CONFLICT' });
        }
        expect((await place.open().load(shard))?.state).toBe(`writer ${winners[0]?.[0]}`);
      }
    });
  });
}
