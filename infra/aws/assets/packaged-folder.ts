/** Finds a Lambda function's code in the published package, where it was bundled before. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FunctionName } from './function-name.ts';

/** The package lacks a function, so it was not built whole. */
export class FunctionPackageError extends Error {
  override readonly name = 'FunctionPackageError';
  readonly code = 'FUNCTION_PACKAGE';

  constructor(name: FunctionName, module: string) {
    super(`function ${name}: expected a folder functions/${name} beside ${module}, but there is none`);
  }
}

/** The folder `functions/<name>` beside a module of the package or above it. @throws FunctionPackageError */
export function packagedFolder(name: FunctionName, module: string): string {
  for (const up of ['./', '../', '../../']) {
    const folder = new URL(`${up}functions/${name}/`, module);
    if (existsSync(new URL('index.mjs', folder))) return fileURLToPath(folder);
  }
  throw new FunctionPackageError(name, fileURLToPath(module));
}
