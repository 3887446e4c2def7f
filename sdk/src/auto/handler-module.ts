/** Finds the files that Lambda's runtime may load a handler from, and what it looks for in them. */
import { basename, join, resolve } from 'node:path';

export interface HandlerModule {
  /** Real paths, in the order in which the runtime tries them. */
  readonly files: readonly string[];
  /** Names from the module down to the function: `a.b.handler` is three. */
  readonly names: readonly string[];
}

/** What this needs of the file system and of Node's way to find modules. */
export interface ModuleFinder {
  /** The real path of a file; undefined where there is none. */
  readonly realPath: (path: string) => string | undefined;
  /** Finds a module by its name from these folders; undefined where there is none. */
  readonly find: (name: string, from: readonly string[]) => string | undefined;
}

/** As the runtime tries them (aws-lambda-ric 4, `module-loader.js`). */
const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];
const MODULE_AND_NAMES = /^([^.]*)\.(.+)$/;

/** Undefined for a handler that the runtime cannot find either: saying so is the runtime's part. */
export function findHandlerModule(
  { handler, taskRoot }: { readonly handler: string; readonly taskRoot: string },
  { realPath, find }: ModuleFinder,
): HandlerModule | undefined {
  const last = basename(handler);
  const folder = handler.slice(0, handler.length - last.length);
  const parts = MODULE_AND_NAMES.exec(last);
  const [, module, names] = parts ?? [];
  if (module === undefined || names === undefined) return undefined;
  const path = resolve(taskRoot, folder, module);
  const files = EXTENSIONS.map((extension) => realPath(path + extension)).filter(
    (file) => file !== undefined,
  );
  const found = files.length > 0 ? undefined : find(module, [taskRoot, join(taskRoot, folder)]);
  if (found !== undefined) files.push(found);
  return files.length === 0 ? undefined : { files, names: names.split('.') };
}
