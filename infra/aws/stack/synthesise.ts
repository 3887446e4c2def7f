/** Turns a checked config into templates and assets in a folder. */
import { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { buildStacks } from './build-stacks.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { addStrictChecks, STRICT_CONTEXT } from './strict-checks.ts';

export interface SynthesisOptions {
  /** Folder that templates and assets are written to; what was there is overwritten. */
  readonly outdir: string;
  /** Fails on whatever CloudFormation's schemas or cdk-nag find. @default true */
  readonly strict?: boolean;
}

/** @throws TrailgatePropsError for what the config cannot be, and the CDK's own errors */
export function synthesise(
  config: DeploymentConfig,
  { outdir, strict = true }: SynthesisOptions,
): CloudAssembly {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { ...flags, ...(strict ? STRICT_CONTEXT : {}) },
  });
  buildStacks(app, config);
  if (strict) addStrictChecks(app);
  return app.synth();
}
