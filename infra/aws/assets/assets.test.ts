import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundledFolder } from './bundled-folder.ts';
import { entryFile } from './entry-file.ts';
import { functionCode } from './function-code.ts';
import { PIPELINE_FUNCTIONS, SHOP_FUNCTIONS } from './function-name.ts';
import { defaultProvider } from './lambda-credentials.ts';
import { packagedFolder } from './packaged-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'trailgate-assets-'));
afterAll(() => rmSync(root, { recursive: true }));

/** All that any of the functions is told. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_LAMBDA_FUNCTION_NAME: 'fn',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  INDEX_URL: 'https://search.example',
  INDEX_SERVICE: 'es',
  SIGNALS_STREAM: 'signals',
  QUARANTINE_BUCKET: 'kept',
  QUARANTINE_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/k',
  OWN_LOG_GROUPS: '/trailgate/trail/*',
  SNAPSHOTS_BUCKET: 'states',
  LIMITS_TABLE: 'limits',
  BUCKETS_TABLE: 'buckets',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:findings',
  TICKS_PER_MINUTE: '6',
  BUSINESS_DAYS: '14',
  TRAIL_DAYS: '180',
};

describe('the bundle of', () => {
  const folders = new Map<string, string>();
  const pipeline = ['collector', 'detector', 'ticker', 'retention', 'setup'] as const;
  beforeAll(() => {
    for (const name of pipeline) folders.set(name, bundledFolder(name, join(root, 'cache')));
  });

  test.each(pipeline)('%s loads from an empty folder with Lambda’s environment alone', (name) => {
    const folder = join(root, `alone-${name}`);
    cpSync(folders.get(name) ?? '', folder, { recursive: true });
    const program = `const { handler, ...more } = await import(${JSON.stringify(pathToFileURL(join(folder, 'index.mjs')).href)});
      console.log(JSON.stringify([typeof handler, Object.keys(more)]));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      env: ENVIRONMENT,
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(['function', []]);
  });

  test.each(pipeline)('%s has all that it imports but Node’s own modules, and is not large', (name) => {
    const code = readFileSync(join(folders.get(name) ?? '', 'index.mjs'), 'utf8');
    const imports = [...code.matchAll(/^import\b[^'"]*?(?:from)?["']([^"']+)["']/gm)].map(
      ([, from]) => from ?? '',
    );
    expect(imports.filter((from) => !builtinModules.includes(from.replace(/^node:/, '')))).toEqual([]);
    expect(code).not.toContain('sourceMappingURL');
    expect(code.length).toBeLessThan(1_300_000);
    // Sign-on, instance metadata and shared files are nothing that a function in Lambda asks.
    expect(code).not.toContain('sso-oidc');
  });

  test.each(['detector', 'setup'] as const)(
    '%s has the rules of the detectors beside it, and nothing else',
    (name) => {
      const folder = folders.get(name) ?? '';
      expect(readdirSync(folder).sort()).toEqual(['index.mjs', 'rules']);
      const rules = readdirSync(join(folder, 'rules'));
      expect(rules).toContain('credential-stuffing.yaml');
      expect(rules.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
    },
  );

  test('the same source is the same folder, whoever makes it and where it is made', () => {
    const again = bundledFolder('ticker', join(root, 'cache'));
    expect(again).toBe(folders.get('ticker'));
    const elsewhere = bundledFolder('ticker', join(root, 'deeper/cache'));
    expect(elsewhere.slice(-16)).toBe(again.slice(-16));
    expect(readdirSync(join(root, 'cache')).filter((name) => name.startsWith('building-'))).toEqual([]);
  });
});

test('each function has a source, by its name', () => {
  expect(entryFile('collector')).toMatch(/\/infra\/aws\/handlers\/collector\.ts$/);
  expect(entryFile('shop-place-order')).toMatch(/\/infra\/example-api\/functions\/place-order\.ts$/);
  expect([...PIPELINE_FUNCTIONS, ...SHOP_FUNCTIONS].filter((name) => !existsSync(entryFile(name)))).toEqual(
    [],
  );
});

test('a construct gets one asset however many ask, bundled once', () => {
  const stack = new Stack();
  const keys = [1, 2].map((n) => {
    const fn = new lambda.Function(stack, `Function${n}`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: functionCode('ticker'),
    });
    const { code } = fn.node.defaultChild as lambda.CfnFunction;
    return (stack.resolve(code) as { readonly s3Key: string }).s3Key;
  });
  expect(keys[0]).toMatch(/^[0-9a-f]{64}\.zip$/);
  expect(keys[1]).toBe(keys[0]);
});

test('a published package brings its functions beside its module', () => {
  const folder = join(root, 'package/dist/functions/collector');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => 1;');
  for (const place of ['dist/index.js', 'dist/aws/index.js']) {
    const module = pathToFileURL(join(root, 'package', place)).href;
    expect(packagedFolder('collector', module)).toBe(`${folder}/`);
    expect(() => packagedFolder('ticker', module)).toThrow(
      expect.objectContaining({
        code: 'FUNCTION_PACKAGE',
        message: expect.stringContaining('functions/ticker'),
      }),
    );
  }
});

test('clients in Lambda get the credentials of its environment, asked for with each call', async () => {
  const provide = defaultProvider();
  try {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    expect(await provide()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    await expect(provide()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: 'AWS_SECRET_ACCESS_KEY: expected a value, got nothing',
    });
  } finally {
    vi.unstubAllEnvs();
  }
});
