/** What a config costs a month at the rate it names, as the deploy command prints it. */

import { SIZES } from '../aws/sizes/presets.ts';
import type { DeploymentConfig } from '../aws/stack/deployment-config.ts';
import { estimate, type IndexChoice, renderEstimate } from '../cost/index.ts';

const DEFAULT_REQUESTS_PER_SECOND = 50;

export function renderDeploymentEstimate(config: DeploymentConfig): string {
  const { size, region, network, requestsPerSecond = DEFAULT_REQUESTS_PER_SECOND } = config;
  const cost = estimate(
    SIZES[size],
    { requestsPerSecond },
    {
      region,
      index: indexChoice(config),
      ...(network !== undefined && { network }),
      api: config.shop !== undefined && config.shop !== false,
    },
  );
  return `Roughly, at ${requestsPerSecond} requests a second all month:\n${renderEstimate(cost)}`;
}

function indexChoice({ index = 'domain' }: DeploymentConfig): IndexChoice {
  return typeof index === 'object' ? 'existing' : index;
}
