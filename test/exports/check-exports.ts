/** Builds each publishable package, lets publint judge what a stranger would install, and loads each entry of it. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** How each is built, as arguments of Node in the repository's root. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  sdk: ['node_modules/typescript/bin/tsc', '-p', 'sdk/tsconfig.json'],
  infra: ['--conditions=trail-source', 'infra/package/build-package.ts'],
};

await Promise.all(Object.entries(PACKAGES).map(([room, build]) => checkPackage(join(root, room), build)));

async function checkPackage(pkgDir: string, build: readonly string[]): Promise<void> {
  // What an earlier build left behind would be published, and could hide what this one lacks.
  rmSync(join(pkgDir, 'dist'), { recursive: true, force: true });
  await node(build);
  const { messages, pkg } = await publint({ pkgDir, strict: true });
  for (const message of messages) fail(`${pkg.name}: ${formatMessage(message, pkg)}`);
  const { name, exports } = JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: object;
  };
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json');
  for (const entry of entries) {
    await Promise.all([loadEntry('import', join(name, entry)), loadEntry('require', join(name, entry))]);
  }
}

async function loadEntry(load: 'import' | 'require', entry: string): Promise<void> {
  const program = `${load === 'import' ? 'await import' : 'require'}(${JSON.stringify(entry)})`;
  const type = load === 'import' ? 'module' : 'commonjs';
  await node([`--input-type=${type}`, '--disable-warning=ExperimentalWarning', '-e', program]);
}

async function node(args: readonly string[]): Promise<void> {
  try {
    await run(process.execPath, args, { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } });
  } catch (error) {
    const { message, stdout = '' } = error as Error & { readonly stdout?: string };
    fail(`node ${args.join(' ')} fails: ${stdout}${message}`);
  }
}

function fail(message: string): void {
  console.log(message);
  process.exitCode = 1;
}
