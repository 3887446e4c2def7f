/** Makes the handler of a function that serves some of the API's routes: all of a service locally, one group on AWS. */
import type { TrailgateOptions } from '@trailgate/sdk';
import type { ServiceName } from './api.ts';
import { createCappedTrailgate } from './capped-trailgate.ts';
import { checksTokens, limitsConfig } from './config.ts';
import { createDynamo } from './data/dynamo.ts';
import type { Environment } from './environment.ts';
import { type HttpHandler, serve } from './http/serve.ts';
import type { TokenVerifier } from './identity/token-verifier.ts';
import type { RouteGroup, Shell } from './route-group.ts';

/** Ports are the SDK's own and default to the real ones. Throws `ConfigError`. */
export async function createShopHandler(
  service: ServiceName,
  groups: readonly RouteGroup[],
  env: Environment,
  ports?: TrailgateOptions['ports'],
): Promise<HttpHandler> {
  const limits = limitsConfig(env);
  const verifier = await insideVerifier(env);
  const trailgate = await createCappedTrailgate(service, limits, env, ports);
  const shell: Shell = { env, trailgate, dynamo: createDynamo(), clock: Date.now };
  const routes = await Promise.all(groups.map((group) => group(shell)));
  return serve(trailgate, Object.assign({}, ...routes), verifier);
}

async function insideVerifier(env: Environment): Promise<TokenVerifier | undefined> {
  if (!checksTokens(env)) return undefined;
  // Behind a gateway no function but the authorizer needs what verifies.
  const { tokenVerifier } = await import('./identity/token-keys.ts');
  return tokenVerifier(env);
}
