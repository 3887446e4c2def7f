/** Adds the stacks of a deployment to an app. */
import { type App, Tags } from 'aws-cdk-lib/core';
import type { DeploymentConfig } from './deployment-config.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { ShopStack } from './shop-stack.ts';

export interface DeploymentStacks {
  readonly pipeline: PipelineStack;
  readonly shop: ShopStack | undefined;
}

/** @throws TrailgatePropsError for what the constructs cannot be made of */
export function buildStacks(app: App, config: DeploymentConfig): DeploymentStacks {
  const { name, region, account, shop = false } = config;
  const env = { region, ...(account !== undefined && { account }) };
  const pipeline = new PipelineStack(app, name, {
    config,
    env,
    description: `Trailgate ${name}: log pipeline, security trail, detectors`,
  });
  const shopStack =
    shop === false
      ? undefined
      : new ShopStack(app, `${name}-shop`, {
          config,
          env,
          trail: pipeline.trail,
          description: `Trailgate ${name}: the secure reference API`,
        });
  for (const [key, value] of Object.entries(config.tags ?? {})) Tags.of(app).add(key, value);
  return { pipeline, shop: shopStack };
}
