/** What holders of an API key may use: for clients that are counted and billed, never instead of a token. */
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { TrailgatePropsError } from '../../props-error.ts';
import type { Throttle } from '../route.ts';
import { checkThrottle } from '../routes-check.ts';
import { asRestApi } from './rest-api.ts';

export interface UsagePlanOptions {
  readonly name: string;
  readonly throttle: Throttle;
  /** @default none */
  readonly quota?: { readonly requests: number; readonly per: 'DAY' | 'WEEK' | 'MONTH' };
  /** Names of clients; each gets a key. */
  readonly clients: readonly string[];
}

export interface UsagePlanResources {
  readonly plan: apigateway.UsagePlan;
  readonly keys: readonly apigateway.IApiKey[];
}

export function addUsagePlans(
  api: apigateway.RestApi,
  plans: readonly UsagePlanOptions[],
): readonly UsagePlanResources[] {
  return plans.map(({ name, throttle, quota, clients }) => {
    const plan = api.addUsagePlan(`Plan${name}`, {
      name,
      throttle: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
      ...(quota === undefined
        ? {}
        : { quota: { limit: quota.requests, period: apigateway.Period[quota.per] } }),
      apiStages: [{ api: asRestApi(api), stage: api.deploymentStage }],
    });
    const keys = clients.map((client) => api.addApiKey(`Key${name}${client}`));
    for (const key of keys) plan.addApiKey(key);
    return { plan, keys };
  });
}

/** Throws `TrailgatePropsError`. */
export function checkUsagePlans(plans: readonly UsagePlanOptions[], routesWithKeys: number): void {
  if (routesWithKeys > 0 && plans.length === 0) {
    throw new TrailgatePropsError('usagePlans', 'a plan, as a route asks for an API key', 'none');
  }
  for (const [index, { name, throttle, quota, clients }] of plans.entries()) {
    const prop = `usagePlans[${index}]`;
    const odd = [name, ...clients].find((text) => !/^[A-Za-z][A-Za-z0-9]{0,63}$/.test(text));
    if (odd !== undefined) {
      throw new TrailgatePropsError(prop, 'names of letters and digits, a letter first', JSON.stringify(odd));
    }
    const twice = clients.find((client, at) => clients.indexOf(client) !== at);
    if (twice !== undefined) throw new TrailgatePropsError(`${prop}.clients`, 'each once', `${twice} twice`);
    checkThrottle(`${prop}.throttle`, throttle);
    if (quota !== undefined && (!Number.isInteger(quota.requests) || quota.requests < 1)) {
      throw new TrailgatePropsError(
        `${prop}.quota.requests`,
        'a whole number from 1',
        String(quota.requests),
      );
    }
  }
}
