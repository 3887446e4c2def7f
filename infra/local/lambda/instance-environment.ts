/** The environment variables that the platform gives an instance, and those of its function. */
import type { FunctionConfig } from './function-config.ts';

/** Nothing is inherited from the stack but where programs are found. */
export function instanceEnvironment(
  { name, memoryMB, module, env }: FunctionConfig,
  logGroup: string,
  logStream: string,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    _HANDLER: module,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMB),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    ...env,
  };
}
