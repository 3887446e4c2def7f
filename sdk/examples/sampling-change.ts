import type { DynamoPort } from '@trailgate/sdk/limits';
import { writeSampling } from '@trailgate/sdk/limits/table';

/** Everything of one tenant in depth for a quarter of an hour, debug lines included. */
export function watchTenant(dynamo: DynamoPort, tenant: string, now: number): Promise<number> {
  const rules = [
    { tenant, rate: 1 },
    { tenant, level: 'debug', rate: 1 },
  ] as const;
  return writeSampling(dynamo, 'limits', { rules, until: now + 15 * 60_000 }, now);
}
