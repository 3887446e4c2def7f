/** Attaches the SDK to a function whose code does not know of it, before the runtime loads the handler. */
import { existsSync, realpathSync, statSync } from 'node:fs';
// The whole module, because a Node that has no `registerHooks` refuses an import by that name.
import module from 'node:module';
import { type Ports, systemPorts } from '../ports.ts';
import { instrumentFetch, instrumentHttp } from '../propagation/index.ts';
import { createTrailgate } from '../trailgate.ts';
import { type AutoConfig, readAutoConfig } from './config.ts';
import { hookHandler } from './handler-hooks.ts';
import { findHandlerModule, type ModuleFinder } from './handler-module.ts';
import { wrappedExport } from './wrapped-export.ts';

/** Never throws: a function that cannot be attached to runs as it would alone, and one line says why. */
export function startAuto(): void {
  const say = saying(systemPorts());
  try {
    const config = readAutoConfig();
    if (config !== undefined) attachTo(config, say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}

function attachTo(config: AutoConfig, say: (text: string) => void): void {
  if (typeof module.registerHooks !== 'function') {
    say(`Node ${process.versions.node} cannot load a handler through hooks; 22.15 is the first that can`);
    return;
  }
  const found = findHandlerModule(config, finder);
  if (found === undefined) return;
  const trailgate = createTrailgate();
  hookHandler(found, module.registerHooks, (exported) =>
    wrappedExport(exported, found.names, trailgate, say),
  );
  instrumentFetch(trailgate);
  instrumentHttp(trailgate);
}

const finder: ModuleFinder = {
  realPath: (path) => (existsSync(path) && statSync(path).isFile() ? realpathSync(path) : undefined),
  find(name, from) {
    try {
      return module.createRequire(import.meta.url).resolve(name, { paths: [...from] });
    } catch {
      // The runtime will not find it either, and says so.
      return undefined;
    }
  },
};

/** A line of JSON as Lambda reads it, and no record: there may be no instance to number it. */
function saying({ clock, write }: Ports): (text: string) => void {
  return (text) => {
    const timestamp = new Date(clock()).toISOString();
    write(
      `${JSON.stringify({ level: 'ERROR', timestamp, message: `trailgate is not attached: ${text}` })}\n`,
    );
  };
}
