/** Gets a published package with npm, once, and unpacks it where later runs find it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CACHE = new URL('../../node_modules/.cache/runtime', import.meta.url).pathname;
const HOW =
  'It is fetched with `npm pack` and unpacked with `tar`: both must be there, and the registry within reach.';

export class PackageMissingError extends Error {
  override readonly name = 'PackageMissingError';
  readonly code = 'package_missing';

  constructor(spec: string, why: string) {
    super(`${spec} is not to be had: ${why}. ${HOW}`);
  }
}

/**
 * Folder with what the package holds, or of that what `only` names. Its scripts do not run.
 * @throws PackageMissingError
 */
export async function fetchedPackage(
  name: string,
  version: string,
  only: readonly string[] = [],
): Promise<string> {
  const folder = join(CACHE, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  const filling = `${folder}.${process.pid}`;
  await mkdir(filling, { recursive: true });
  const run = promisify(execFile);
  try {
    const spec = `${name}@${version}`;
    const { stdout } = await run('npm', [
      'pack',
      spec,
      '--ignore-scripts',
      '--silent',
      '--pack-destination',
      filling,
    ]);
    const archive = join(filling, stdout.trim().split('\n').at(-1) ?? '');
    await run('tar', ['-xzf', archive, '-C', filling, ...only.map((path) => `package/${path}`)]);
    await rename(join(filling, 'package'), folder);
  } catch (error) {
    throw new PackageMissingError(
      `${name}@${version}`,
      error instanceof Error ? error.message.slice(0, 300) : String(error),
    );
  } finally {
    await rm(filling, { recursive: true, force: true });
  }
  return folder;
}
