/** Makes of a Lambda function's source the folder that is deployed: one module with all that it imports, and the files it reads. */
import { cpSync, existsSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryFile } from './entry-file.ts';
import type { FunctionName } from './function-name.ts';

/** There is no source to make the function from. */
export class FunctionSourceError extends Error {
  override readonly name = 'FunctionSourceError';
  readonly code = 'FUNCTION_SOURCE';

  constructor(name: FunctionName, file: string) {
    super(`function ${name}: expected its source at ${file}, but there is no such file`);
  }
}

/** Folders of packages that a function finds beside its module, under the same name. */
const BESIDE: { readonly [Name in FunctionName]?: { readonly package: string; readonly folder: string } } = {
  // Not asked of the package's code, which would bring all that it imports into the constructs' package.
  detector: { package: '@trailgate/detectors', folder: 'rules' },
  // Monitors are made from the same rules.
  setup: { package: '@trailgate/detectors', folder: 'rules' },
};

/** CommonJS packages in the bundle ask for Node's modules by `require`, which a module has not. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/**
 * Writes `index.mjs`, which exports `handler`, and what the function reads beside it into the folder. The same sources give the same bytes.
 * The AWS clients are in it, since the runtime's own are others with each of its updates; source maps are not, since Node would read
 * them at the first error of each instance.
 * @throws FunctionSourceError, and esbuild's error for a source that does not compile
 */
export function bundleFunction(name: FunctionName, outdir: string): void {
  const entry = entryFile(name);
  if (!existsSync(entry)) throw new FunctionSourceError(name, entry);
  // Asked for here, so that a published package, whose functions are bundled, does without it.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  buildSync({
    entryPoints: [entry],
    outfile: join(outdir, 'index.mjs'),
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    // Names stay, for traces without a source map: a third more bytes, and no time.
    // Node shows the whole line of an error that nobody caught.
    lineLimit: 400,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The clients' ES modules, of which what is not used is left out.
    mainFields: ['module', 'main'],
    conditions: ['trail-source'],
    alias: {
      '@aws-sdk/credential-provider-node': fileURLToPath(new URL('./lambda-credentials.ts', import.meta.url)),
    },
    banner: { js: REQUIRE },
    charset: 'utf8',
    legalComments: 'none',
    tsconfigRaw: '{}',
    logLevel: 'silent', // a failure is thrown with all messages
  });
  const beside = BESIDE[name];
  if (beside !== undefined) {
    const source = join(packageFolder(beside.package), beside.folder);
    cpSync(source, join(outdir, beside.folder), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  }
}

function packageFolder(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new TypeError(`package ${name}: expected it to be installed`);
  return dirname(manifest);
}
