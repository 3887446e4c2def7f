import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { memoryS3 } from '../../collectors/src/s3/testing/memory-s3.ts';
import { failuresContract } from './failures-contract.ts';
import { folderPlace } from './folder-place.ts';
import { s3Place } from './s3-place.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-given-up-'));
afterAll(() => rmSync(root, { recursive: true }));

failuresContract('a folder', () => folderPlace(root));
failuresContract('S3 in memory', () => {
  const { client } = memoryS3({ bucket: 'kept', pageKeys: 2, clock: Date.now });
  return s3Place(client, 'kept', 'trailgate');
});
