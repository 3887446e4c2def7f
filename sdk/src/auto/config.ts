/** Reads from the environment which handler the runtime is about to load. */

export interface AutoConfig {
  /** As the function is configured: `folder/module.export`. */
  readonly handler: string;
  readonly taskRoot: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where nothing is to be attached: outside Lambda, and where the SDK is switched off. */
export function readAutoConfig(env: Environment = process.env): AutoConfig | undefined {
  const { _HANDLER: handler, LAMBDA_TASK_ROOT: taskRoot } = env;
  if (handler === undefined || taskRoot === undefined || env.TRAILGATE_DISABLED === '1') return undefined;
  return { handler, taskRoot };
}
