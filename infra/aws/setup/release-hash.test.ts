import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { releaseHash } from './release-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailgate-release-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a release is another one when the code of the set-up or a rule beside it is', () => {
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = 1;');
  writeFileSync(join(folder, 'rules/a.yaml'), 'name: a');
  const first = releaseHash(folder);
  expect(first).toMatch(/^[\w-]{22}$/);
  writeFileSync(join(folder, 'notes.txt'), 'not deployed with it');
  expect(releaseHash(folder)).toBe(first);
  writeFileSync(join(folder, 'rules/a.yaml'), 'name: b');
  const second = releaseHash(folder);
  writeFileSync(join(folder, 'rules/b.yaml'), '');
  const third = releaseHash(folder);
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = 2;');
  expect(new Set([first, second, third, releaseHash(folder)]).size).toBe(4);
});
