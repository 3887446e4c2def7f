import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { plainBulk } from '../../findings/plain-bulk.ts';
import { SqliteIndex } from './sqlite-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailgate-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newPath(): string {
  return join(folder, `index-${++files}.db`);
}

const document = (index: string, id: string, source = '{}') => ({ index, id, source });

describe('SqliteIndex', () => {
  test('creates once and leaves what is there', async () => {
    const index = new SqliteIndex(newPath());
    expect(await index.bulk(plainBulk([document('trail-2026.01.01', 'a', '{"n":1}')]))).toEqual([
      { status: 'created' },
    ]);
    expect(await index.bulk(plainBulk([document('trail-2026.01.01', 'a', '{"n":2}')]))).toEqual([
      { status: 'exists' },
    ]);
    expect(index.get('trail-2026.01.01', 'a')?.source).toBe('{"n":1}');
    expect(index.get('trail-2026.01.01', 'b')).toBeUndefined();
    index.close();
  });

  test('the same id twice in one bulk is created and exists', async () => {
    const index = new SqliteIndex(newPath());
    const outcomes = await index.bulk(
      plainBulk([document('i', 'a'), document('i', 'a'), document('j', 'a')]),
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['created', 'exists', 'created']);
    index.close();
  });

  test('a bad document is rejected alone, and its text is not repeated in the reason', async () => {
    const index = new SqliteIndex(newPath());
    const outcomes = await index.bulk(
      plainBulk([
        document('i', 'good'),
        document('i', 'text', 'password=hunter2'),
        document('i', 'array', '[]'),
        document('i', 'null', 'null'),
        document('i', 'x'.repeat(513)),
        document('i', ''),
        document('', 'id'),
      ]),
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'created',
      ...Array.from({ length: 6 }, () => 'rejected'),
    ]);
    expect(JSON.stringify(outcomes)).not.toContain('hunter2');
    expect(index.count()).toBe(1);
    index.close();
  });

  test('a file that another process holds is answered with retry, and later works', async () => {
    const path = newPath();
    const index = new SqliteIndex(path, { busyTimeoutMs: 1 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    expect(await index.bulk(plainBulk([document('i', 'a')]))).toEqual([
      { status: 'retry', reason: expect.stringContaining('another process is writing') },
    ]);
    await expect(index.put([document('i', 'a')])).rejects.toMatchObject({ code: 'INDEX_WRITE' });
    other.exec('COMMIT');
    other.close();
    expect(await index.bulk(plainBulk([document('i', 'a')]))).toEqual([{ status: 'created' }]);
    index.close();
  });

  test('findings are created, and one that exists is success', async () => {
    const index = new SqliteIndex(newPath());
    await index.put([document('trail-f', 'f1'), document('trail-f', 'f2')]);
    await index.put([document('trail-f', 'f2'), document('trail-f', 'f3')]);
    expect(index.count('trail-')).toBe(3);
    await expect(index.put([document('trail-f', 'f4', 'no')])).rejects.toMatchObject({ code: 'INDEX_WRITE' });
    index.close();
  });

  test('reads by cursor, prefix and page', async () => {
    const index = new SqliteIndex(newPath());
    const many = Array.from({ length: 2_500 }, (_, n) =>
      document(n % 2 === 0 ? 'business-2026.01.01' : 'trail-2026.01.01', `d${n}`),
    );
    await index.bulk(plainBulk(many));
    const first = index.after(0, 2);
    expect(first.map(({ id }) => id)).toEqual(['d0', 'd1']);
    expect(index.after(first[1]?.cursor ?? 0, 1).map(({ id }) => id)).toEqual(['d2']);
    expect(index.after(0, 2, 'trail-').map(({ id }) => id)).toEqual(['d1', 'd3']);
    expect(index.count('trail-')).toBe(1_250);
    expect(index.count('none')).toBe(0);
    expect(index.indices()).toEqual([
      { index: 'business-2026.01.01', count: 1_250 },
      { index: 'trail-2026.01.01', count: 1_250 },
    ]);
    expect([...index.all()].map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect([...index.all('trail-')]).toHaveLength(1_250);
    index.close();
  });

  test('any replay in any order leaves the same documents', async () => {
    const ids = fc.array(fc.stringMatching(/^[a-e]$/), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(ids, { maxLength: 6 }), async (bulks) => {
        const index = new SqliteIndex(':memory:');
        const created = [];
        for (const bulk of bulks) {
          const outcomes = await index.bulk(plainBulk(bulk.map((id) => document('i', id))));
          created.push(...bulk.filter((_, at) => outcomes[at]?.status === 'created'));
        }
        expect([...created].sort()).toEqual([...new Set(bulks.flat())].sort());
        expect([...index.all()].map(({ id }) => id)).toEqual(created);
        index.close();
      }),
      { numRuns: 100 },
    );
  });

  test('several processes open one new file and write it at once', async () => {
    const path = newPath();
    const module = fileURLToPath(new URL('./sqlite-index.ts', import.meta.url));
    const script = `
      const { plainBulk } = await import(${JSON.stringify(module.replace('local/index/sqlite-index', 'findings/plain-bulk'))});
      const { SqliteIndex } = await import(${JSON.stringify(module)});
      const index = new SqliteIndex(${JSON.stringify(path)});
      let created = 0;
      for (let n = 0; n < 200; n++) {
        const outcomes = await index.bulk(plainBulk([{ index: 'i', id: 'd' + n, source: '{}' }]));
        for (const outcome of outcomes) {
          if (outcome.status === 'created') created++;
          else if (outcome.status !== 'exists') throw new Error(JSON.stringify(outcome));
        }
      }
      index.close();
      console.log(created);`;
    const counts = await Promise.all(
      Array.from({ length: 4 }, () =>
        run(['--conditions=trail-source', '--input-type=module', '-e', script]),
      ),
    );
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(200);
    const index = new SqliteIndex(path);
    expect(index.count()).toBe(200);
    index.close();
  });

  test('a path that cannot be an index is refused with a sentence', () => {
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'these are notes, not a database, and long enough to have a header'.repeat(20));
    expect(() => new SqliteIndex(text)).toThrow(
      expect.objectContaining({ code: 'INDEX_FILE', message: expect.stringContaining('not a database') }),
    );
    expect(() => new SqliteIndex(join(folder, 'missing', 'index.db'))).toThrow(
      expect.objectContaining({ code: 'INDEX_FILE' }),
    );
  });
});

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(`exit code ${code}`))));
  });
}
