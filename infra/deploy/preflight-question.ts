/** Works out what has to be asked of the account before a config is deployed. */
import type { DeploymentConfig } from '../aws/stack/deployment-config.ts';
import type { PreflightQuestion } from './preflight.ts';
import type { StackPlan } from './stack-plan.ts';

export function preflightQuestion(
  { account, region, watch = {} }: DeploymentConfig,
  plans: readonly StackPlan[],
): PreflightQuestion {
  const others = plans.map((plan) => plan.region).filter((other) => other !== region);
  return {
    account,
    regions: [region, ...new Set(others)],
    bootstrapVersion: Math.max(...plans.map(({ bootstrapVersion }) => bootstrapVersion)),
    logGroups: plans
      .flatMap(({ subscriptions }) => subscriptions)
      .filter(({ name }) =>
        [...(watch.logGroups ?? []), ...(watch.functions ?? []).map((fn) => `/aws/lambda/${fn}`)].includes(
          name,
        ),
      ),
  };
}
