/** Holds every template of an app to CloudFormation's schemas and to the rules of cdk-nag; a finding fails the synth. */
import type { App } from 'aws-cdk-lib/core';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { TrailgatePropsError } from '../props-error.ts';

/** For `new App({context})`: what CloudFormation would refuse is an error, not a warning. */
export const STRICT_CONTEXT: Readonly<Record<string, boolean>> = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

/**
 * The CDK leaves CloudFormation's schemas out where this variable says so.
 * @throws TrailgatePropsError
 */
export function checkValidationIsOn(env: Readonly<Record<string, string | undefined>>): void {
  if (env.CDK_VALIDATION === 'false') {
    throw new TrailgatePropsError('CDK_VALIDATION', 'not to be switched off in the environment', '"false"');
  }
}

export function addStrictChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
