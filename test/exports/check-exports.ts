/** Builds the publishable package, lets publint judge what a stranger would install, and loads each entry of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = join(import.meta.dirname, '../..');
const pkgDir = join(root, 'sdk');

// What an earlier build left behind would be published, and could hide what this one lacks.
rmSync(join(pkgDir, 'dist'), { recursive: true, force: true });
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

const { exports } = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8')) as { exports: object };
for (const path of Object.keys(exports).filter((entry) => entry !== './package.json')) {
  for (const load of ['import', 'require']) {
    const entry = join('@trailgate/sdk', path);
    try {
      const program = `${load === 'import' ? 'await import' : 'require'}(${JSON.stringify(entry)})`;
      const type = load === 'import' ? 'module' : 'commonjs';
      const args = [`--input-type=${type}`, '--disable-warning=ExperimentalWarning', '-e', program];
      execFileSync(process.execPath, args, {
        cwd: root,
        stdio: 'pipe',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    } catch (error) {
      console.log(`${load} of ${entry} fails: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}
