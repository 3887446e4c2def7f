/** Finds and reads a deployment's config file. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TrailgatePropsError } from '../props-error.ts';
import { checkedConfig } from './config-schema.ts';
import type { DeploymentConfig } from './deployment-config.ts';

/** @throws TrailgatePropsError where there is no such file, it does not load, or a field of its cannot be used */
export async function readConfig(file: string): Promise<DeploymentConfig> {
  const path = resolve(file);
  if (!existsSync(path)) throw new TrailgatePropsError('--config', 'a file that is there', `"${file}"`);
  const module = await load(path, file);
  if (module.default === undefined) {
    throw new TrailgatePropsError(file, '`export default defineConfig({…})`', 'no default export');
  }
  return checkedConfig(module.default);
}

async function load(path: string, file: string): Promise<{ readonly default?: unknown }> {
  try {
    return (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new TrailgatePropsError(file, 'a module that loads', String(error));
  }
}
