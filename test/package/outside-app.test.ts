import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PIPELINE_FUNCTIONS, SHOP_FUNCTIONS } from '../../infra/aws/assets/function-name.ts';

const root = join(import.meta.dirname, '../..');
const MINUTES = 60_000;

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

let folder: string;
let resources: readonly Resource[];
let secured: readonly Resource[];

/** All that any function of the pipeline is told. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_LAMBDA_FUNCTION_NAME: 'fn',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  INDEX_URL: 'https://search.example',
  INDEX_SERVICE: 'es',
  SIGNALS_STREAM: 'signals',
  QUARANTINE_BUCKET: 'kept',
  QUARANTINE_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/k',
  OWN_LOG_GROUPS: '/trailgate/trail/*',
  SNAPSHOTS_BUCKET: 'states',
  LIMITS_TABLE: 'limits',
  BUCKETS_TABLE: 'buckets',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:111122223333:findings',
  TICKS_PER_MINUTE: '6',
  BUSINESS_DAYS: '14',
  TRAIL_DAYS: '180',
};

/** As a user's shell would: nothing that npm or the test runner of this repository has set is inherited. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const theirs = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_OPTIONS$|NODE_PATH$|CDK_)/.test(name),
  );
  const env = { ...Object.fromEntries(theirs), CDK_OUTDIR: join(folder, 'cdk.out'), ...more };
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
  resources = resourcesOf('Theirs');
  secured = resourcesOf('TheirEdge');
}, 10 * MINUTES);

function resourcesOf(stack: string): readonly Resource[] {
  const text = readFileSync(join(folder, `cdk.out/${stack}.template.json`), 'utf8');
  return Object.values((JSON.parse(text) as { Resources: Record<string, Resource> }).Resources);
}

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

  test('puts an API of its own behind the secure baseline, which the pipeline hears of', () => {
    expect(secured.map(({ Type }) => Type)).toEqual(
      expect.arrayContaining([
        'AWS::ApiGateway::RestApi',
        'AWS::CloudFront::Distribution',
        'AWS::CloudTrail::Trail',
        'AWS::WAFv2::WebACLAssociation',
      ]),
    );
    // Of the gateway, the firewall and the audit trail.
    expect(secured.filter(({ Type }) => Type === 'AWS::Logs::SubscriptionFilter')).toHaveLength(3);
  });

  test('gets the code of each function, and those of the pipeline load with nothing beside them', () => {
    const functions = join(folder, 'node_modules/@trailgate/infra/dist/functions');
    expect(readdirSync(functions).sort()).toEqual([...PIPELINE_FUNCTIONS, ...SHOP_FUNCTIONS].sort());
    for (const name of PIPELINE_FUNCTIONS) {
      const entry = JSON.stringify(join(functions, name, 'index.mjs'));
      const program = `const { handler } = await import(${entry}); process.exit(typeof handler === 'function' ? 0 : 1);`;
      run(process.execPath, ['--input-type=module', '-e', program], folder, ENVIRONMENT);
    }
    // The shop's ask KMS and DynamoDB as soon as they are loaded.
    for (const name of SHOP_FUNCTIONS) {
      run(process.execPath, ['--check', join(functions, name, 'index.mjs')], folder);
    }
  });

  test('may be CommonJS', () => {
    const program =
      "const { Trailgate, SecureApi } = require('@trailgate/infra'); console.log(typeof Trailgate, typeof SecureApi);";
    const args = ['--input-type=commonjs', '--disable-warning=ExperimentalWarning', '-e', program];
    expect(run(process.execPath, args, folder)).toBe('function function\n');
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
