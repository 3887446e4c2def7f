/** Gives constructs the code of a Lambda function: as the package brings it, or bundled from its source. */
import { fileURLToPath } from 'node:url';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { bundledFolder } from './bundled-folder.ts';
import type { FunctionName } from './function-name.ts';
import { packagedFolder } from './packaged-folder.ts';

/** Where bundles of this process, and of others that make the same ones, are kept. */
const CACHE = new URL('../../../node_modules/.cache/trailgate/functions/', import.meta.url);

const folders = new Map<FunctionName, string>();

/**
 * A folder whose `index.mjs` exports `handler`. From source it is bundled once a process.
 * @throws FunctionSourceError or FunctionPackageError, when there is nothing to take it from
 */
export function functionCode(name: FunctionName): lambda.Code {
  return lambda.Code.fromAsset(functionFolder(name));
}

/** What is in it is what is deployed. @throws as `functionCode` */
export function functionFolder(name: FunctionName): string {
  const folder = folders.get(name) ?? findFolder(name);
  folders.set(name, folder);
  return folder;
}

function findFolder(name: FunctionName): string {
  return import.meta.url.endsWith('.ts')
    ? bundledFolder(name, fileURLToPath(CACHE))
    : packagedFolder(name, import.meta.url);
}
