/** Builds the package as it is published, and puts functions into task roots in each way that people deploy them. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const ROOT = new URL('../..', import.meta.url).pathname;
const FUNCTIONS = new URL('./functions', import.meta.url).pathname;

/** `modules`: beside a `node_modules` with the package; otherwise one file with all in it. */
export const PACKAGINGS = ['modules', 'ESM bundle', 'CommonJS bundle'] as const;
export type Packaging = (typeof PACKAGINGS)[number];

/** Fills `folder` with a task root for each packaging, and gives their paths. */
export async function buildTaskRoots(folder: string): Promise<Readonly<Record<Packaging, string>>> {
  const modules = join(folder, 'modules');
  const sdk = join(modules, 'node_modules/@trailgate/sdk');
  await mkdir(sdk, { recursive: true });
  await compile(join(sdk, 'dist'));
  await cp(join(ROOT, 'sdk/package.json'), join(sdk, 'package.json'));
  // Inside the task root, where the package is found by its public name.
  const sources = join(modules, 'functions');
  await cp(FUNCTIONS, sources, { recursive: true });
  const entryPoints = (await readdir(sources)).map((file) => join(sources, file));
  const common = { entryPoints, platform: 'node', target: 'node22', logLevel: 'silent' } as const;
  const roots = { modules, 'ESM bundle': join(folder, 'esm'), 'CommonJS bundle': join(folder, 'cjs') };
  await Promise.all([
    build({ ...common, format: 'esm', outdir: modules, outExtension: { '.js': '.mjs' } }),
    build({
      ...common,
      bundle: true,
      minify: true,
      format: 'esm',
      outdir: roots['ESM bundle'],
      outExtension: { '.js': '.mjs' },
    }),
    build({ ...common, bundle: true, minify: true, format: 'cjs', outdir: roots['CommonJS bundle'] }),
  ]);
  await writeFile(join(roots['CommonJS bundle'], 'package.json'), '{"type":"commonjs"}');
  return roots;
}

async function compile(outDir: string): Promise<void> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(ROOT, 'sdk/tsconfig.json'), '--outDir', outDir];
  await promisify(execFile)(process.execPath, args).catch((error: { stdout?: string }) => {
    throw new Error(`the package does not compile:\n${error.stdout ?? String(error)}`);
  });
}
