import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantLines, grantsOf, rolesOfFunctions, trustLines } from '../testing/grants.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import { synthesise } from './synthesise.ts';
import {
  EVERY_FUNCTION,
  IN_VPC,
  PRIVATE_ARCHIVE_ROLES,
  pipelineRoles,
  type RoleRow,
  SHOP_ROLES,
} from './testing/permission-table.ts';

/** Functions whose source has changed are bundled first. */
const BUNDLING_MS = 60_000;

const COMMON: DeploymentConfig = { name: 'shop-trail', region: 'eu-central-1', size: 'dev' };
const EXISTING = {
  domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/theirs',
  endpoint: 'https://search-theirs.eu-central-1.es.amazonaws.com',
};

interface Deployment {
  readonly what: string;
  readonly config: DeploymentConfig;
  readonly roles: Readonly<Record<string, RoleRow>>;
  readonly everyFunction: readonly string[];
}

const DEPLOYMENTS: readonly Deployment[] = [
  {
    what: 'a pipeline with a domain of its own, and the shop',
    config: { ...COMMON, shop: true },
    roles: { ...pipelineRoles('domain'), ...SHOP_ROLES },
    everyFunction: EVERY_FUNCTION,
  },
  {
    what: 'a pipeline on an existing domain',
    config: { ...COMMON, index: EXISTING },
    roles: pipelineRoles('existing'),
    everyFunction: EVERY_FUNCTION,
  },
  {
    what: 'a pipeline with a collection, in a VPC, that the whole account and others send to',
    config: {
      ...COMMON,
      index: 'serverless',
      network: 'private',
      watch: { account: true, functions: ['orders'] },
      archive: { accounts: ['999988887777'] },
      audiences: { security: ['arn:aws:iam::111122223333:role/security'] },
      notify: ['oncall@example.com'],
    },
    roles: { ...pipelineRoles('serverless'), ...PRIVATE_ARCHIVE_ROLES },
    everyFunction: [...EVERY_FUNCTION, ...IN_VPC],
  },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'permissions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function templatesOf(config: DeploymentConfig): readonly Template[] {
  const { stacks } = synthesise(config, { outdir: mkdtempSync(join(folder, 'out-')), strict: false });
  return stacks.map(({ templateFullPath }) => Template.fromString(readFileSync(templateFullPath, 'utf8')));
}

/** Logical ids without their hashes, and what stands for a domain or a log group of the account. */
function readable(line: string): string {
  return line
    .replace(/<(\w+?)(?:[0-9A-F]{8})?(?:\.Arn)?>/g, '<$1>')
    .replace(/<TrailgateIndexDomain>/g, '<domain>')
    .replace(/arn:aws:es:[\w-]+:(?:\d+|<AWS::AccountId>):domain\/[\w-]+/g, '<domain>')
    .replace(/arn:aws:logs:eu-central-1:(?:\d{12}|<AWS::AccountId>):\*/g, '<logs>')
    .replace(/if StringEquals kms:ViaService (\w+)\.eu-central-1\.amazonaws\.com/, 'via $1');
}

/** Each role of the templates, what it may do, and who may take it. */
function rolesOf(templates: readonly Template[]): Readonly<Record<string, RoleRow>> {
  const rows = templates.flatMap((template) => {
    const functions = new Map([...rolesOfFunctions(template)].map(([fn, role]) => [role, fn]));
    return Object.keys(template.findResources('AWS::IAM::Role')).map((id): [string, RoleRow] => {
      const ownLogGroup = logGroupOf(template, functions.get(id));
      const grants = grantLines(grantsOf(template, id)).map((line) =>
        readable(line.replace(`<${ownLogGroup}.Arn>`, '<own log group>')),
      );
      return [
        id.slice(0, -'1A2B3C4D'.length),
        { trust: trustLines(template, id).map(readable), grants: grants.sort() },
      ];
    });
  });
  return Object.fromEntries(rows);
}

function logGroupOf(template: Template, fn: string | undefined): string | undefined {
  if (fn === undefined) return undefined;
  return template.findResources('AWS::Lambda::Function')[fn]?.Properties.LoggingConfig.LogGroup.Ref;
}

describe.each(DEPLOYMENTS)('in $what', ({ config, roles, everyFunction }) => {
  let templates: readonly Template[];
  beforeAll(() => {
    templates = templatesOf(config);
  }, BUNDLING_MS);

  test('each role may do what its row of the table says, to whom it says, and there is no other role', () => {
    const expected = Object.entries(roles).map(([name, { trust, grants }]) => {
      const common = trust.includes('lambda.amazonaws.com') ? everyFunction : [];
      return [name, { trust, grants: [...grants, ...common].sort() }];
    });
    expect(rolesOf(templates)).toEqual(Object.fromEntries(expected));
  });

  test('each function has a role that no other has', () => {
    const taken = templates.flatMap((template) => [...rolesOfFunctions(template).values()]);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBe(
      Object.values(roles).filter(({ trust }) => trust[0] === 'lambda.amazonaws.com').length,
    );
  });

  test('nothing is granted beside the roles: no users, no groups, no policies that others could be given', () => {
    const types = templates.flatMap((template) => {
      const { Resources } = template.toJSON() as { Resources: Record<string, { readonly Type: string }> };
      return Object.values(Resources).map(({ Type }) => Type);
    });
    expect([...new Set(types.filter((type) => type.startsWith('AWS::IAM::')))].sort()).toEqual([
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
    ]);
    for (const template of templates) {
      for (const { Properties } of Object.values(template.findResources('AWS::IAM::Policy'))) {
        expect(Object.keys(Properties).sort()).toEqual(['PolicyDocument', 'PolicyName', 'Roles']);
      }
    }
  });
});

describe('the table itself', () => {
  const rows = DEPLOYMENTS.flatMap(({ roles }) => Object.entries(roles));
  const lines = [
    ...DEPLOYMENTS.flatMap(({ everyFunction }) => everyFunction),
    ...rows.flatMap(([, row]) => row.grants),
  ];

  test('names the resource of each action, but of those that know none', () => {
    const all = lines.filter((line) => / \*(?: |$)/.test(line) && !line.startsWith('not '));
    const calls = [
      ...new Set(all.map((line) => line.replace(' *', '').replace(/^ec2:.*/, 'ec2:… by Lambda'))),
    ];
    expect(calls.sort()).toEqual([
      'cloudwatch:PutMetricData if StringEquals cloudwatch:namespace Trailgate',
      'ec2:… by Lambda',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  test('has no action with a wildcard, one role that is passed on, and one managed policy', () => {
    expect(lines.filter((line) => /^(?:not )?[\w:]*\*/.test(line))).toEqual([]);
    expect(new Set(lines.filter((line) => line.startsWith('iam:')))).toEqual(
      new Set(['iam:PassRole <TrailgateSetupAlertRole>']),
    );
    const managed = rows.filter(([, { grants }]) => grants.some((line) => line.startsWith('managed policy')));
    expect(managed.map(([name]) => name)).toEqual(['ShopApiGatewayAccountRole']);
  });

  test('says on whose behalf a service takes a role, but for those that send no source', () => {
    const open = rows.filter(([, { trust }]) => trust.some((line) => !line.includes('aws:SourceA')));
    const services = new Set(open.map(([, { trust }]) => trust.join()));
    expect([...services].sort()).toEqual([
      'apigateway.amazonaws.com',
      'cloudtrail.amazonaws.com',
      'lambda.amazonaws.com',
    ]);
  });
});
