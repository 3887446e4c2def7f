import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const MAX_BYTES = 250_000;
const PNG = '89504e470d0a1a0a';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const files = [...readme.matchAll(/infra\/docs\/pictures\/[\w-]+\.png/g)].map(([path]) => path);
const alts = [
  ...[...readme.matchAll(/!\[([^\]]*)\]\(infra\/docs\/pictures\//g)],
  ...[...readme.matchAll(/<img alt="([^"]*)" src="infra\/docs\/pictures\//g)],
].map(([, alt = '']) => alt);

describe('the README’s pictures', () => {
  test('each is there, is a picture of 1280 px, and is small enough to be read on a slow line', () => {
    expect(files.length).toBeGreaterThanOrEqual(6);
    for (const path of files) {
      const bytes = readFileSync(join(ROOT, path));
      expect(bytes.subarray(0, 8).toString('hex'), path).toBe(PNG);
      // The width of the header chunk (PNG, section 11.2.1).
      expect(bytes.readUInt32BE(16), path).toBe(1280);
      expect(statSync(join(ROOT, path)).size, path).toBeLessThanOrEqual(MAX_BYTES);
    }
  });

  test('none is kept that the README does not show', () => {
    const kept = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.png'));
    expect(kept.map((name) => `infra/docs/pictures/${name}`).sort()).toEqual([...new Set(files)].sort());
  });

  test('each says in words what is seen, once for light and dark', () => {
    expect(alts).toHaveLength(new Set(files).size - 1);
    for (const alt of alts) expect(alt.split(' ').length, alt).toBeGreaterThanOrEqual(10);
    expect(new Set(alts).size).toBe(alts.length);
  });
});
