import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const MINUTES = 60_000;

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

let folder: string;
let resources: readonly Resource[];

/** As a user's shell would: nothing that npm or the test runner of this repository has set is inherited. */
function run(command: string, args: readonly string[], cwd: string): string {
  const theirs = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_OPTIONS$|NODE_PATH$|CDK_)/.test(name),
  );
  const env = { ...Object.fromEntries(theirs), CDK_OUTDIR: join(folder, 'cdk.out') };
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function pack(workspace: string): string {
  const [packed] = JSON.parse(
    run('npm', ['pack', '-w', workspace, '--json', '--silent', '--pack-destination', folder], root),
  ) as readonly { readonly filename: string }[];
  return `./${packed?.filename}`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outside-app-'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'theirs', private: true, type: 'module' }),
  );
  copyFileSync(join(import.meta.dirname, 'outside-app.ts'), join(folder, 'app.ts'));
  const packages = [pack('sdk'), pack('infra'), 'aws-cdk-lib@^2.276.0', 'constructs@^10.8.0'];
  run('npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages], folder);
  run(process.execPath, ['app.ts'], folder);
  const template = JSON.parse(readFileSync(join(folder, 'cdk.out/Theirs.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  resources = Object.values(template.Resources);
}, 10 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ofType(type: string): readonly Resource[] {
  return resources.filter(({ Type }) => Type === type);
}

describe('an app outside the repository', () => {
  test('gets no stream and no domain where it brings its own', () => {
    // Theirs, and the one between collector and detector.
    expect(ofType('AWS::Kinesis::Stream')).toHaveLength(2);
    expect(ofType('AWS::OpenSearchService::Domain')).toHaveLength(0);
  });

  test('has both functions watched and their caps readable', () => {
    expect(ofType('AWS::Logs::SubscriptionFilter')).toHaveLength(2);
    const theirs = ofType('AWS::Lambda::Function').filter(
      ({ Properties }) => Properties?.Runtime === 'nodejs24.x' && Properties.Architectures === undefined,
    );
    expect(theirs).toHaveLength(2);
    for (const { Properties } of theirs) {
      expect(Properties?.Environment).toMatchObject({
        Variables: { LIMITS_TABLE: expect.anything(), BUCKETS_TABLE: expect.anything() },
      });
    }
  });

  test('is typed: the compiler takes it as it is, and refuses a prop that does not exist', () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    const typeRoots = ['--typeRoots', join(root, 'node_modules/@types')];
    expect(run(process.execPath, [compiler, ...options, ...typeRoots, 'app.ts'], folder)).toBe('');
    const wrong = readFileSync(join(folder, 'app.ts'), 'utf8').replace("size: 'small'", "size: 'medium'");
    writeFileSync(join(folder, 'wrong.ts'), wrong);
    expect(() => run(process.execPath, [compiler, ...options, ...typeRoots, 'wrong.ts'], folder)).toThrow();
  });
});
