/** Reads what the set-up's function is told by its environment. */
import {
  type Environment,
  type FunctionPlace,
  type IndexConfig,
  indexConfig,
  required,
} from '../handlers/config.ts';

export interface SetupConfig extends Pick<FunctionPlace, 'region'> {
  readonly index: IndexConfig;
  /** For links in alerts. */
  readonly dashboardsUrl: string | undefined;
}

/** Called within a run, so that what is wrong becomes its answer. @throws HandlerConfigError naming the variable */
export function setupConfig(env: Environment): SetupConfig {
  const index = indexConfig(env);
  return {
    region: required(env, 'AWS_REGION'),
    index,
    dashboardsUrl: env.DASHBOARDS_URL === '' ? undefined : env.DASHBOARDS_URL,
  };
}
