import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DataFolderError, openDataFolder } from './data-folder.ts';

test('a temporary folder goes with the stack, a named one stays', () => {
  const temporary = openDataFolder(undefined);
  expect(existsSync(temporary.quarantine)).toBe(true);
  temporary.close();
  expect(existsSync(dirname(temporary.quarantine))).toBe(false);

  const parent = mkdtempSync(join(tmpdir(), 'trailgate-test-'));
  const kept = openDataFolder(join(parent, 'a', 'b'));
  kept.close();
  expect(existsSync(join(parent, 'a', 'b', 'failures'))).toBe(true);
  rmSync(parent, { recursive: true });
});

test.each([
  ['a file', (parent: string) => join(parent, 'file')],
  ['below a file', (parent: string) => join(parent, 'file', 'deeper')],
  ['where nothing can be made', () => '/proc/trailgate/data'],
])('%s is an error that names the folder', (_, path) => {
  const parent = mkdtempSync(join(tmpdir(), 'trailgate-test-'));
  writeFileSync(join(parent, 'file'), '');
  expect(() => openDataFolder(path(parent))).toThrow(DataFolderError);
  expect(() => openDataFolder(path(parent))).toThrow(/expected a folder that can be written, got E/);
  rmSync(parent, { recursive: true });
});
