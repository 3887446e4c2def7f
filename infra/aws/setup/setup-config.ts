/** Reads what the set-up's function is told by its environment. */
import {
  type Environment,
  type FunctionPlace,
  HandlerConfigError,
  type IndexConfig,
} from '../handlers/config.ts';

export interface SetupConfig extends Pick<FunctionPlace, 'region'> {
  readonly index: IndexConfig;
  /** For links in alerts. */
  readonly dashboardsUrl: string | undefined;
}

/** Called within a run, so that what is wrong becomes its answer. @throws HandlerConfigError naming the variable */
export function setupConfig(env: Environment): SetupConfig {
  const service = required(env, 'INDEX_SERVICE');
  if (service !== 'es' && service !== 'aoss') {
    throw new HandlerConfigError('INDEX_SERVICE', 'es or aoss', JSON.stringify(service));
  }
  return {
    region: required(env, 'AWS_REGION'),
    index: { url: required(env, 'INDEX_URL'), service },
    dashboardsUrl: env.DASHBOARDS_URL === '' ? undefined : env.DASHBOARDS_URL,
  };
}

function required(env: Environment, variable: string): string {
  const value = env[variable];
  if (value === undefined || value === '') throw new HandlerConfigError(variable, 'a value', 'nothing');
  return value;
}
