/** Builds the publishable package and lets publint judge what a stranger would install. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = join(import.meta.dirname, '../..');
const pkgDir = join(root, 'sdk');

execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(pkgDir, 'tsconfig.json')],
  {
    stdio: 'inherit',
  },
);
const { messages, pkg } = await publint({ pkgDir, strict: true });
for (const message of messages) console.log(`${pkg.name}: ${formatMessage(message, pkg)}`);
if (messages.length > 0) process.exitCode = 1;
