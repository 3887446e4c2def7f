/** Finds the source of a Lambda function: the file whose `handler` is deployed. */
import { fileURLToPath } from 'node:url';
import type { FunctionName } from './function-name.ts';

const SHOP = 'shop-';

export function entryFile(name: FunctionName): string {
  const place = name.startsWith(SHOP)
    ? `../../example-api/functions/${name.slice(SHOP.length)}.ts`
    : `../handlers/${name}.ts`;
  return fileURLToPath(new URL(place, import.meta.url));
}
