/** Builds what is published of this package: the constructs as one module, their types, and the bundle of each Lambda function. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunction } from '../aws/assets/bundle-function.ts';
import { PIPELINE_FUNCTIONS, SHOP_FUNCTIONS } from '../aws/assets/function-name.ts';
import { takeOwnTypesAlong } from './own-types.ts';

const room = join(import.meta.dirname, '..');
const dist = join(room, 'dist');

// What an earlier build left behind would be published.
rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(room, 'aws/index.ts')],
  outfile: join(dist, 'index.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  conditions: ['trail-source'],
  // One copy of the CDK, the one of the user's app: constructs of two copies do not know each other.
  external: ['aws-cdk-lib', 'constructs', 'esbuild'],
  logLevel: 'warning',
});
for (const name of [...PIPELINE_FUNCTIONS, ...SHOP_FUNCTIONS]) {
  bundleFunction(name, join(dist, 'functions', name));
}
const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
execFileSync(process.execPath, [join(compiler, '../bin/tsc'), '-p', join(room, 'tsconfig.json')], {
  stdio: 'inherit',
});
takeOwnTypesAlong(join(dist, 'types'), 'infra/aws/index.d.ts', join(room, '..'));
