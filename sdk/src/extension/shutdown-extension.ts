/** An extension in the function's own process, so that Lambda tells before it ends an idle instance. */
import { type ExtensionState, registerExtension } from './register-extension.ts';

/** Given to `createTrailgate({ extension })`, which registers it at once where there is a Runtime API. */
export interface ShutdownExtension {
  /**
   * @param runtimeApi `host:port`, as in `AWS_LAMBDA_RUNTIME_API`
   * @returns how it went; never rejects, and settles within a second
   */
  register(runtimeApi: string): Promise<ExtensionState>;
}

const NAME = 'trailgate';

export function shutdownExtension(): ShutdownExtension {
  return { register: (runtimeApi) => registerExtension({ runtimeApi, name: NAME }) };
}
