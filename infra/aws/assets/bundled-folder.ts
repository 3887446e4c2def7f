/** Keeps bundles in folders that are named by what they hold, so that any number of processes may make them at once. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunction } from './bundle-function.ts';
import type { FunctionName } from './function-name.ts';

/** Bundles the function and returns its folder in the cache, whose content never changes. */
export function bundledFolder(name: FunctionName, cache: string): string {
  mkdirSync(cache, { recursive: true });
  const building = mkdtempSync(join(cache, 'building-'));
  try {
    bundleFunction(name, building);
    const folder = join(cache, `${name}-${contentHash(building)}`);
    if (!existsSync(folder)) moveUnlessThere(building, folder);
    return folder;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function contentHash(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${file.slice(folder.length)}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process had made the same one meanwhile.
    if (!existsSync(to)) throw error;
  }
}
