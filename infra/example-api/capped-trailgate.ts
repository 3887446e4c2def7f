/** Makes the SDK for a function whose callers are held to the caps of the limits table. */
import { createTrailgate, type Trailgate, type TrailgateOptions } from '@trailgate/sdk';
import { createLimiter, dynamoClientFromEnv } from '@trailgate/sdk/limits';
import { routeClass } from './api.ts';
import type { LimitsConfig } from './config.ts';
import type { Environment } from './environment.ts';

/** Caps are read once before it returns, so that a new instance's first request meets them. */
export async function createCappedTrailgate(
  service: string,
  { tables, ...timing }: LimitsConfig,
  env: Environment,
  ports: TrailgateOptions['ports'] = {},
): Promise<Trailgate> {
  const limiter = createLimiter({
    dynamo: dynamoClientFromEnv(env),
    tables,
    ...timing,
    // Requests are served meanwhile: without this line nobody would notice.
    onProblem: (error) => trailgate.log.warn('limits table not read', { error }),
  });
  const trailgate = createTrailgate({ service, limiter, routeClass, ports });
  await limiter.load();
  return trailgate;
}
