/** Runs a function from its built asset, alone in a folder of its own, in a process with nothing but Lambda's environment. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledFolder } from '../../../infra/aws/assets/bundled-folder.ts';
import type { FunctionName } from '../../../infra/aws/assets/function-name.ts';
import { FunctionInstance } from '../../../infra/local/lambda/function-instance.ts';
import type { InvocationOutcome } from '../../../infra/local/lambda/invocation-outcome.ts';
import type { ProcessRegistry } from '../../../infra/local/processes/process-registry.ts';

export interface DeployedFunction {
  invoke(event: unknown): Promise<InvocationOutcome>;
  /** What the function itself wrote, line by line. */
  lines(): readonly string[];
  stop(): Promise<void>;
}

const CACHE = new URL('../../../node_modules/.cache/trailgate/functions/', import.meta.url).pathname;

/** Rejects with what the handler's module threw when it was loaded. */
export async function deployFunction(
  name: FunctionName,
  env: Readonly<Record<string, string>>,
  processes: ProcessRegistry,
): Promise<DeployedFunction> {
  const folder = mkdtempSync(join(tmpdir(), `trailgate-${name}-`));
  cpSync(bundledFolder(name, CACHE), folder, { recursive: true });
  let output = '';
  const logs = {
    append: (_group: string, _stream: string, chunk: Uint8Array): void => {
      output += Buffer.from(chunk).toString();
    },
    appendPlatform: (): void => undefined,
    endStream: (): void => undefined,
  };
  const module = pathToFileURL(join(folder, 'index.mjs')).href;
  const config = { name, module, env, timeoutMs: 60_000, memoryMB: 512 };
  const instance = new FunctionInstance(config, processes, logs, Date.now);
  const failed = await instance.ready();
  if (failed !== undefined) {
    await instance.kill();
    rmSync(folder, { recursive: true });
    throw new Error(`${name}: ${failed.errorType}: ${failed.errorMessage}\n${output}`);
  }
  return {
    invoke: (event) => instance.invoke(event),
    lines: () => output.split('\n').filter((line) => line !== ''),
    stop: async () => {
      await instance.retire();
      rmSync(folder, { recursive: true });
    },
  };
}
