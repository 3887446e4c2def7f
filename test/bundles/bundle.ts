/** Bundles one entry of the SDK as its users do, and tells how large it is and what it takes in. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export interface Bundle {
  readonly code: string;
  /** Minified. */
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Paths of the sources, from the root of the project. */
  readonly sources: readonly string[];
  /** What is left to be found at run time: Node's modules, and packages that were declared external. */
  readonly imports: readonly string[];
}

export const FORMATS = ['esm', 'cjs'] as const;
export type Format = (typeof FORMATS)[number];

const ROOT = new URL('../..', import.meta.url).pathname;

/** @param source a module that imports the entry by its public name */
export async function bundle(
  source: string,
  format: Format,
  external: readonly string[] = [],
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    treeShaking: true,
    format,
    platform: 'node',
    target: 'node22',
    conditions: ['trail-source'],
    external: [...external],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const [file] = outputFiles;
  if (output === undefined || file === undefined) throw new Error('esbuild gave no output');
  return {
    code: file.text,
    bytes: file.contents.byteLength,
    gzipBytes: gzipSync(file.contents, { level: 9 }).byteLength,
    // What was shaken out has no bytes in the output.
    sources: Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    ),
    imports: [...new Set(output.imports.map(({ path }) => path))].sort(),
  };
}
