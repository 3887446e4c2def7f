/** Puts a module of its own before the handler's when the runtime loads it; nothing else is touched. */
import type { registerHooks } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { HandlerModule } from './handler-module.ts';

/** Where the module in front finds what wraps; taken away again when it has. */
const ATTACH = Symbol.for('trailgate.auto.attach');
const IMPORTED = '?trailgate';
/** A module that is required is known by its path alone, which must differ from the handler's. */
const REQUIRED = '.trailgate.cjs';

/**
 * `attach` is given what the handler's module exports, when it has been loaded, and says what is to be exported under
 * the first of the handler's names. Errors of the module itself reach the runtime as they are.
 */
export function hookHandler(
  { files, names }: HandlerModule,
  register: typeof registerHooks,
  attach: (exported: unknown) => unknown,
): void {
  const urls = new Set(files.map((file) => pathToFileURL(file).href));
  const name = JSON.stringify(names[0]);
  let inFront:
    | { readonly url: string; readonly source: string; readonly format: 'module' | 'commonjs' }
    | undefined;

  const hooks = register({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context);
      // Only once: the module in front asks for the handler's own, and so may others.
      if (inFront !== undefined || !urls.has(found.url)) return found;
      inFront = context.conditions.includes('require')
        ? { url: found.url + REQUIRED, source: requiringSource(found.url, name), format: 'commonjs' }
        : { url: found.url + IMPORTED, source: importingSource(found.url, name), format: 'module' };
      return { url: inFront.url, format: inFront.format, shortCircuit: true };
    },
    load(url, context, nextLoad) {
      if (inFront === undefined || url !== inFront.url) return nextLoad(url, context);
      return { format: inFront.format, source: inFront.source, shortCircuit: true };
    },
  });
  Object.defineProperty(globalThis, ATTACH, {
    configurable: true,
    value(exported: unknown): unknown {
      Reflect.deleteProperty(globalThis, ATTACH);
      hooks.deregister();
      return attach(exported);
    },
  });
}

function importingSource(url: string, name: string): string {
  return [
    `import * as exported from ${JSON.stringify(url)};`,
    `const handler = globalThis[Symbol.for('trailgate.auto.attach')](exported);`,
    `export { handler as ${name} };`,
  ].join('\n');
}

function requiringSource(url: string, name: string): string {
  const path = fileURLToPath(url);
  // Node remembers for each folder what a request led to, and this one must not lead back here.
  const request = `${dirname(path)}/./${basename(path)}`;
  return [
    `const exported = require(${JSON.stringify(request)});`,
    `exports[${name}] = globalThis[Symbol.for('trailgate.auto.attach')](exported);`,
  ].join('\n');
}
