/** Makes `node:http` and `node:https` send the ids of the running invocation. */
import type * as Http from 'node:http';
import { platformHosts } from '../config.ts';
import { type Propagator, requirePropagator } from '../propagator.ts';
import { tracedArguments } from './traced-arguments.ts';

/** What is replaced in a module. */
export interface HttpModule {
  request: typeof Http.request;
  get: typeof Http.get;
}

export interface HttpModules {
  readonly http: HttpModule;
  readonly https: HttpModule;
}

/**
 * Covers `request` and `get` in every shape of call, also for modules that import them by name. A header that
 * the caller set is never overwritten; calls to the platform and signed ones are left alone.
 * @param modules what is changed; Node's own where nothing is said
 * @returns a function that undoes it
 * @throws TrailgateConfigError when `trailgate` is something else
 */
export function instrumentHttp(trailgate: Propagator, modules: HttpModules = builtinModules()): () => void {
  requirePropagator(trailgate, 'outgoingHeaders');
  const platform = platformHosts();
  const undo = [
    ...instrument(modules.http, '80', trailgate, platform),
    ...instrument(modules.https, '443', trailgate, platform),
  ];
  syncImports();
  return () => {
    for (const each of undo) each();
    syncImports();
  };
}

function instrument(
  module: HttpModule,
  defaultPort: string,
  trailgate: Propagator,
  platform: readonly string[],
): readonly (() => void)[] {
  return (['request', 'get'] as const).map((name) => {
    const former = module[name];
    let active = true;
    function traced(this: unknown, ...given: unknown[]): Http.ClientRequest {
      const args = active ? tracedArguments(given, trailgate, { defaultPort, platform }) : given;
      return Reflect.apply(former, this, args);
    }
    module[name] = traced;
    return () => {
      // Who replaced it since still calls it: then it only passes on.
      active = false;
      if (module[name] === traced) module[name] = former;
    };
  });
}

/** Loaded only when asked for: the modules cost some milliseconds of a cold start. */
function builtinModules(): HttpModules {
  return {
    http: process.getBuiltinModule('node:http'),
    https: process.getBuiltinModule('node:https'),
  };
}

function syncImports(): void {
  process.getBuiltinModule('node:module').syncBuiltinESMExports();
}
