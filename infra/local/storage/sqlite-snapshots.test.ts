import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-snapshots-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('SqliteSnapshots', () => {
  test('keeps what was saved through a restart', async () => {
    const path = join(root, 'saved.db');
    const before = new SqliteSnapshots(path);
    const version = await before.save('shard-1', 'one', undefined);
    before.close();
    const after = new SqliteSnapshots(path);
    expect(await after.load('shard-1')).toEqual({ state: 'one', version, storedAt: expect.any(Number) });
    after.close();
  });

  test('takes up a file of an earlier release, which did not say when a state was stored', async () => {
    const path = join(root, 'earlier.db');
    const earlier = new DatabaseSync(path);
    earlier.exec(
      'CREATE TABLE snapshots (shard TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL)',
    );
    earlier.exec("INSERT INTO snapshots VALUES ('shard-1', 7, 'one')");
    earlier.close();
    const snapshots = new SqliteSnapshots(path);
    expect(await snapshots.load('shard-1')).toEqual({ state: 'one', version: '7' });
    await snapshots.save('shard-1', 'two', '7');
    expect(await snapshots.load('shard-1')).toMatchObject({ state: 'two', storedAt: expect.any(Number) });
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
