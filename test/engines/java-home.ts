/** Finds a JDK that is new enough among those of this machine, by asking each for its version. */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Linux distributions and macOS put their JDKs, and what lies below a JDK's folder there. */
const PLACES = [
  ['/usr/lib/jvm', ''],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home'],
] as const;

/** Home of the first JDK of at least `version`, or what was found instead. `named` are asked first, the `java` on the path last. */
export async function findJavaHome(
  version: number,
  named: readonly (string | undefined)[],
): Promise<{ readonly home: string } | { readonly seen: string }> {
  const homes = named.filter((home) => home !== undefined && home !== '');
  for (const [place, below] of PLACES) {
    // A place that is not there has no JDK.
    const names = await readdir(place).catch(() => []);
    homes.push(...names.sort().map((name) => join(place, name, below)));
  }
  const seen: string[] = [];
  for (const command of [...homes.map((home) => join(home ?? '', 'bin/java')), 'java']) {
    const found = await askJava(command);
    if (found === undefined) continue;
    if (found.version >= version) return { home: found.home };
    seen.push(`${found.version} in ${found.home}`);
  }
  return { seen: seen.length === 0 ? 'no JDK' : [...new Set(seen)].join(', ') };
}

async function askJava(command: string): Promise<{ version: number; home: string } | undefined> {
  try {
    const { stderr } = await promisify(execFile)(command, ['-XshowSettings:properties', '-version']);
    const version = /java\.specification\.version = (\d+)/.exec(stderr)?.[1];
    const home = /java\.home = (.+)/.exec(stderr)?.[1];
    return version === undefined || home === undefined ? undefined : { version: Number(version), home };
  } catch {
    // Not a JDK, or not for this machine: the next one may be.
    return undefined;
  }
}
