import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-snapshots-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('SqliteSnapshots', () => {
  test('loads what was saved last, for each shard by itself, also after a restart', async () => {
    const path = join(root, 'saved.db');
    const before = new SqliteSnapshots(path);
    expect(await before.load('shard-1')).toBeUndefined();
    const first = await before.save('shard-1', 'one', undefined);
    const second = await before.save('shard-1', 'two', first);
    await before.save('shard-2', 'other', undefined);
    before.close();
    const after = new SqliteSnapshots(path);
    expect(second).not.toBe(first);
    expect(await after.load('shard-1')).toEqual({ state: 'two', version: second });
    expect((await after.load('shard-2'))?.state).toBe('other');
    after.close();
  });

  test('refuses to go on from a version that is not stored, and leaves what is', async () => {
    const snapshots = new SqliteSnapshots(':memory:');
    const first = await snapshots.save('s', 'a', undefined);
    const last = await snapshots.save('s', 'b', first);
    for (const expected of [first, undefined, 'no version']) {
      await expect(snapshots.save('s', 'x', expected)).rejects.toMatchObject({
        code: 'SNAPSHOT_CONFLICT',
        message: `snapshot of shard s: expected version ${expected ?? 'none'}, but version ${last} is stored`,
      });
    }
    await expect(snapshots.save('t', 'x', first)).rejects.toThrow('but version none is stored');
    expect(await snapshots.load('s')).toEqual({ state: 'b', version: last });
    snapshots.close();
  });

  test('processes that race for one shard never overwrite each other', async () => {
    const path = join(root, 'raced.db');
    const module = fileURLToPath(new URL('./sqlite-snapshots.ts', import.meta.url));
    // Each adds 1 to a counter 100 times, and tries again whenever another was faster.
    const script = `
      const { SqliteSnapshots } = await import(${JSON.stringify(module)});
      const snapshots = new SqliteSnapshots(${JSON.stringify(path)});
      for (let added = 0; added < 100; ) {
        const stored = await snapshots.load('s');
        try {
          await snapshots.save('s', String(Number(stored?.state ?? 0) + 1), stored?.version);
          added++;
        } catch (error) {
          if (error.code !== 'SNAPSHOT_CONFLICT') throw error;
        }
      }`;
    const exits = await Promise.all(Array.from({ length: 3 }, () => run(script)));
    expect(exits).toEqual([0, 0, 0]);
    const snapshots = new SqliteSnapshots(path);
    expect((await snapshots.load('s'))?.state).toBe('300');
    snapshots.close();
  });
});

function run(script: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--conditions=trail-source', '--input-type=module', '-e', script],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
