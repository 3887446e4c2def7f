import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createS3Snapshots } from '@trailgate/detectors';
import { afterAll } from 'vitest';
import { memoryS3 } from '../../collectors/src/s3/testing/memory-s3.ts';
import { memoryPorts } from '../../detectors/src/testing/memory-ports.ts';
import { SqliteSnapshots } from '../../infra/local/storage/sqlite-snapshots.ts';
import { snapshotContract } from './snapshot-contract.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-snapshots-'));
afterAll(() => rmSync(root, { recursive: true }));
let places = 0;

snapshotContract('memory', () => {
  const { snapshots } = memoryPorts();
  return { open: () => snapshots };
});
snapshotContract('SQLite', () => {
  const path = join(root, `${++places}.db`);
  return { open: () => new SqliteSnapshots(path) };
});
snapshotContract('S3 in memory', () => {
  const { client } = memoryS3({ bucket: 'states' });
  return { open: () => createS3Snapshots(client, { bucket: 'states' }) };
});
