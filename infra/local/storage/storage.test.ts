import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QuarantineEntry } from '@trailgate/collectors';
import { afterAll, describe, expect, test } from 'vitest';
import { failureRecord } from '../event-source/failure-record.ts';
import { fileName } from './file-name.ts';
import { FolderFailures } from './folder-failures.ts';
import { FolderQuarantine } from './folder-quarantine.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-storage-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function newFolder(): string {
  return join(root, `folder-${++folders}`, 'made', 'on', 'use');
}

const entry = (id: string, reason = 'not gzip'): QuarantineEntry => ({
  id,
  reason,
  origin: { owner: '123456789012', logGroup: '/aws/lambda/orders', logStream: 's', eventId: '1' },
  raw: 'AAEC',
  at: 1_700_000_000_000,
});

describe('fileName', () => {
  test('keeps readable ids, and keeps every other inside the folder and apart', () => {
    expect(fileName('shardId-000000000001')).toBe('shardId-000000000001');
    const others = ['../../etc/passwd', '..', '.', '', 'a/b', 'a\\b', '.hidden', 'é', 'x'.repeat(500), 'a b'];
    const names = others.map(fileName);
    for (const name of names) expect(name).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(new Set(names).size).toBe(others.length);
    expect(fileName(names[0] ?? '')).not.toBe(names[0]);
  });
});

describe('FolderQuarantine', () => {
  test('keeps each entry once, whatever its id', async () => {
    const quarantine = new FolderQuarantine(newFolder());
    expect(await quarantine.list()).toEqual([]);
    await quarantine.put([entry('b'), entry('../a')]);
    await quarantine.put([entry('b', 'another reason'), entry('c')]);
    expect(await quarantine.count()).toBe(3);
    const kept = await quarantine.list();
    expect(kept).toContainEqual(entry('b'));
    expect(kept).toContainEqual(entry('../a'));
    expect(kept).toContainEqual(entry('c'));
  });

  test('many writers of one id leave one whole file and nothing else', async () => {
    const folder = newFolder();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => new FolderQuarantine(folder).put([entry('same', `reason ${n}`)])),
    );
    expect(readdirSync(folder)).toEqual(['same.json']);
    expect(await new FolderQuarantine(folder).list()).toEqual([
      entry('same', expect.stringMatching('reason')),
    ]);
  });
});

describe('FolderFailures', () => {
  test('keeps a run of records once for each function', async () => {
    const failures = new FolderFailures(newFolder());
    const failure = (functionName: string) =>
      failureRecord(
        {
          records: [{ sequenceNumber: '7', partitionKey: 'p', data: 'AAAA', arrivedAt: 0 }],
          condition: 'RetryAttemptsExhausted',
          invocations: 3,
          functionError: true,
        },
        {
          shardId: 'shardId-000000000000',
          streamArn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/logs',
          functionName,
        },
        'request',
        1_000,
      );
    await failures.put(failure('collector'));
    await failures.put(failure('collector'));
    await failures.put(failure('detector'));
    expect(await failures.count()).toBe(2);
    expect(await failures.list()).toEqual([failure('collector'), failure('detector')]);
  });
});
