/** Builds bundles as a user would and measures their bytes and what loading them costs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { median } from './median.ts';

const ROOT = join(import.meta.dirname, '../../..');
const LOADS = 15;

export const ENTRIES = {
  trailgate: `import { createTrailgate } from '@trailgate/sdk'; createTrailgate({ service: 'orders' });`,
  limits: `import { createLimiter, dynamoClientFromEnv } from '@trailgate/sdk/limits'; globalThis.made = [createLimiter, dynamoClientFromEnv];`,
  pino: `import { pino } from 'pino'; pino();`,
} as const;
export type Entry = keyof typeof ENTRIES;

export interface Size {
  readonly code: string;
  readonly minified: number;
  readonly gzip: number;
}

/** One file for Node 22, minified, in the format that `require` loads. */
export async function bundle(entry: Entry): Promise<Size> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRIES[entry], resolveDir: join(ROOT, 'test'), loader: 'ts' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    conditions: ['trail-source'],
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  return { code, minified: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}

/** CPU time in milliseconds that a new process spends on loading each bundle; the median of interleaved loads. */
export function loadCosts<E extends Entry>(bundles: Readonly<Record<E, Size>>): Readonly<Record<E, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'trailgate-bench-'));
  try {
    const entries = Object.keys(bundles) as E[];
    const costs = new Map<E, number[]>(entries.map((entry) => [entry, []]));
    for (const entry of entries) writeFileSync(join(folder, `${entry}.cjs`), bundles[entry].code);
    for (let load = 0; load < LOADS; load++) {
      for (const entry of entries) costs.get(entry)?.push(loadOnce(join(folder, `${entry}.cjs`)));
    }
    return Object.fromEntries([...costs].map(([entry, ms]) => [entry, median(ms)])) as Record<E, number>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function loadOnce(file: string): number {
  const script = `const before = process.cpuUsage(); require(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before);
    require('node:fs').writeSync(2, String((user + system) / 1000)); process.exit(0);`;
  // Standard output is not looked at: what is loaded may log to it.
  const { stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return Number(stderr);
}
