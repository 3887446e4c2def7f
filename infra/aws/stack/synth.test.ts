import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildStacks } from './build-stacks.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { readConfig } from './read-config.ts';
import { addStrictChecks, checkValidationIsOn, STRICT_CONTEXT } from './strict-checks.ts';
import { synthesise } from './synthesise.ts';

/** Functions whose source has changed are bundled first. */
const BUNDLING_MS = 60_000;
/** CloudFormation: bytes of a template that is deployed from a bucket, and what may be in one. */
const TEMPLATE_BYTES = 1_048_576;
const RESOURCES = 500;
const PARAMETERS = 200;
const OUTPUTS = 200;

const EVERYTHING: DeploymentConfig = {
  name: 'shop-trail',
  region: 'eu-central-1',
  size: 'large',
  index: 'serverless',
  shop: { blockedCountries: ['KP'], requestsPerAddress: 500, botControl: true },
  watch: { account: true, functions: ['orders'], logGroups: ['/theirs'] },
  archive: { accounts: ['999988887777'] },
  audiences: { security: ['arn:aws:iam::111122223333:role/security'] },
  notify: ['oncall@example.com'],
  keepData: false,
  tags: { owner: 'platform' },
};

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: object;
  readonly Outputs?: object;
}

let folder: string;
let standard: DeploymentConfig;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'synth-'));
  standard = await readConfig(join(import.meta.dirname, '../../../trailgate.config.ts'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The other tests leave CloudFormation's schemas out, for their time.
beforeEach(() => vi.stubEnv('CDK_VALIDATION', 'true'));
afterEach(() => vi.unstubAllEnvs());

function newFolder(): string {
  return mkdtempSync(join(folder, 'out-'));
}

function templatesOf({ stacks }: CloudAssembly): readonly string[] {
  return stacks.map(({ templateFullPath }) => readFileSync(templateFullPath, 'utf8'));
}

function withoutSchemas(config: DeploymentConfig): CloudAssembly {
  return synthesise(config, { outdir: newFolder(), strict: false });
}

const known = new Map<string, readonly string[]>();

/** Made once for each config: a second is spent on each. */
function templates(config: DeploymentConfig): readonly string[] {
  const id = JSON.stringify(config);
  const found = known.get(id) ?? templatesOf(withoutSchemas(config));
  known.set(id, found);
  return found;
}

describe('a deployment', () => {
  test(
    'of the config file as it is has no open finding, and is the same at each synth',
    () => {
      const first = synthesise(standard, { outdir: newFolder() });
      const second = withoutSchemas(standard);
      expect(templatesOf(second)).toEqual(templatesOf(first));
      const assets = (directory: string) =>
        readdirSync(directory).filter((file) => file.startsWith('asset.'));
      expect(assets(second.directory)).toEqual(assets(first.directory));
      expect(assets(first.directory)).not.toEqual([]);
    },
    BUNDLING_MS,
  );

  test('with everything in it has no open finding', () => {
    const assembly = synthesise(EVERYTHING, { outdir: newFolder() });
    expect(assembly.stacks).toHaveLength(2);
    expect(templates(EVERYTHING)).toEqual(templatesOf(assembly));
  });

  test.each<[string, DeploymentConfig]>([
    ['the largest domain', { ...EVERYTHING, index: 'domain', keepData: true }],
    ['a collection', EVERYTHING],
  ])('with %s keeps within what CloudFormation takes', (_, config) => {
    for (const text of templates(config)) {
      const { Resources, Parameters = {}, Outputs = {} } = JSON.parse(text) as Template;
      expect(Buffer.byteLength(text)).toBeLessThan(TEMPLATE_BYTES);
      expect(Object.keys(Resources).length).toBeLessThan(RESOURCES);
      expect(Object.keys(Parameters).length).toBeLessThan(PARAMETERS);
      expect(Object.keys(Outputs).length).toBeLessThan(OUTPUTS);
    }
  });

  test('names no account but those of its config, and no region but its own', () => {
    for (const template of templates(EVERYTHING)) {
      // The reasons beside accepted findings may speak of other regions.
      const text = JSON.stringify(JSON.parse(template), (key, value) =>
        key === 'Metadata' ? undefined : value,
      );
      const accounts = new Set(text.match(/(?<![\w.])\d{12}(?![\w.])/g));
      expect([...accounts].sort()).toEqual(
        ['111122223333', '999988887777'].filter((id) => text.includes(id)),
      );
      const regions = new Set(text.match(/\b(?:us|eu|ap|sa|ca|me|af|il)-[a-z]+-\d\b/g));
      expect([...regions]).toEqual(['eu-central-1']);
    }
  });
});

/** What holds what a person would miss. */
const STATEFUL = new Set([
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);

describe.each([
  { keepData: true, policy: 'Retain' },
  { keepData: false, policy: 'Delete' },
])('where keepData is $keepData', ({ keepData, policy }) => {
  test.each(['domain', 'serverless'] as const)(
    'what holds data of a deployment with a %s goes by it',
    (index) => {
      const found = templates({ ...EVERYTHING, index, keepData })
        .flatMap((text) => Object.entries((JSON.parse(text) as Template).Resources))
        .filter(([, { Type }]) => STATEFUL.has(Type));
      expect(new Set(found.map(([, { Type }]) => Type)).size).toBe(STATEFUL.size - 1);
      const policies = found.map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [
        id,
        DeletionPolicy,
        UpdateReplacePolicy,
      ]);
      expect(policies).toEqual(found.map(([id]) => [id, policy, policy]));
    },
  );
});

describe('the strict checks', () => {
  function strictStack(): { readonly app: App; readonly stack: Stack } {
    const app = new App({ outdir: newFolder(), context: { ...STRICT_CONTEXT } });
    addStrictChecks(app);
    return { app, stack: new Stack(app, 'Theirs', { env: { region: 'eu-central-1' } }) };
  }

  test('fail at a property that CloudFormation does not know', () => {
    const { app, stack } = strictStack();
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySecs: 5 } });
    expect(() => app.synth()).toThrow(/DelaySecs/);
  });

  test('fail at what cdk-nag finds', () => {
    const { app, stack } = strictStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
    expect(() => app.synth()).toThrow(/AwsSolutions-IAM5/);
  });

  test('are not left out unseen', () => {
    expect(() => checkValidationIsOn({ CDK_VALIDATION: 'false' })).toThrow(
      /^CDK_VALIDATION: expected not to be/,
    );
    expect(() => checkValidationIsOn({})).not.toThrow();
  });

  test('accept no finding without a reason that is a sentence', () => {
    const acknowledged = vi.spyOn(Validations.prototype, 'acknowledge');
    try {
      buildStacks(new App({ outdir: newFolder() }), { ...EVERYTHING, index: 'domain' });
      const reasons = acknowledged.mock.calls.flat().map(({ reason }) => reason ?? '');
      expect(reasons.length).toBeGreaterThan(20);
      // At least five words, and a full stop.
      expect(reasons.filter((reason) => !/^(?:\S+ ){4,}\S+[.)]$/.test(reason))).toEqual([]);
    } finally {
      acknowledged.mockRestore();
    }
  });
});
