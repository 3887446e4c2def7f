/** Turns a checked config into templates and assets in a folder. */
import { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { buildStacks } from './build-stacks.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { addStrictChecks, STRICT_CONTEXT } from './strict-checks.ts';

/**
 * What the shop takes of the pipeline is exported and imported: CloudFormation then refuses to replace or remove a table
 * that functions still use. The CDK's newer default, a weak reference, would let it go.
 */
const FLAGS = { ...flags, '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

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
    context: { ...FLAGS, ...(strict ? STRICT_CONTEXT : {}) },
  });
  buildStacks(app, config);
  if (strict) addStrictChecks(app);
  return app.synth();
}
