import { Match, Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { API_ROUTES, routeKey } from '../../../example-api/api.ts';
import { requestSchemas } from '../../../example-api/schemas.ts';
import { SHOP_FUNCTIONS } from '../../assets/function-name.ts';
import { grantLines, grantsOf } from '../../testing/grants.ts';
import { newStack, witnessedPipeline } from '../testing/own-api.ts';
import { ShopApi } from './shop-api.ts';
import type { ShopFunctionName } from './shop-functions.ts';

const stack = newStack();
const trail = witnessedPipeline();
const shop = new ShopApi(stack, 'Shop', {
  trail,
  name: 'shop',
  dataAdmins: ['arn:aws:iam::111122223333:role/seeder'],
});
const template = Template.fromStack(stack);

const idOf = (construct: IConstruct): string => stack.getLogicalId(construct.node.defaultChild as never);
const environmentOf = (name: ShopFunctionName): Readonly<Record<string, unknown>> =>
  template.findResources('AWS::Lambda::Function')[idOf(shop.functions[name].fn)]?.Properties.Environment
    ?.Variables ?? {};

/** References by what they refer to. */
function named(line: string): string {
  const names: readonly (readonly [string, string])[] = [
    [idOf(shop.data.users), 'users'],
    [idOf(shop.data.orders), 'orders'],
    [idOf(shop.data.inventory), 'inventory'],
    [idOf(shop.orderQueue.queue), 'queue'],
    [idOf(shop.tokenKey), 'token key'],
    [stack.getLogicalId(shop.key.node.defaultChild as never), 'data key'],
  ];
  return names.reduce((text, [id, name]) => text.replaceAll(`<${id}.Arn>`, name), line);
}

function rightsOf(name: ShopFunctionName): readonly string[] {
  const lines = grantLines(grantsOf(template, idOf(shop.functions[name].role))).map(named);
  const log = `<${idOf(shop.functions[name].logGroup)}.Arn>`;
  const common = [
    `logs:CreateLogStream ${log}`,
    `logs:PutLogEvents ${log}`,
    'xray:PutTelemetryRecords *',
    'xray:PutTraceSegments *',
  ];
  for (const line of common) expect(lines).toContain(line);
  return lines.filter((line) => !common.includes(line));
}

const SIGN =
  'kms:Sign token key if StringEquals kms:SigningAlgorithm ECDSA_SHA_256 if StringEquals kms:MessageType RAW';
const PUBLIC_KEY = 'kms:GetPublicKey token key';
const dataKey = (service: string, ...uses: readonly string[]): string[] =>
  uses.map(
    (use) => `kms:${use} data key if StringEquals kms:ViaService ${service}.eu-central-1.amazonaws.com`,
  );
const READ = dataKey('dynamodb', 'Decrypt', 'DescribeKey');
const WRITE = dataKey('dynamodb', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey');

test.each<[ShopFunctionName, readonly string[]]>([
  ['shop-authorizer', [PUBLIC_KEY]],
  ['shop-login', ['dynamodb:BatchGetItem users', SIGN, PUBLIC_KEY, ...READ]],
  [
    'shop-read-orders',
    ['dynamodb:GetItem orders', 'dynamodb:Query orders', 'dynamodb:Query orders/index/by-id', ...READ],
  ],
  [
    'shop-place-order',
    [
      'dynamodb:PutItem orders',
      'dynamodb:UpdateItem orders',
      'sqs:SendMessage queue',
      SIGN,
      PUBLIC_KEY,
      ...WRITE,
      ...dataKey('sqs', 'GenerateDataKey', 'Decrypt'),
    ],
  ],
  ['shop-admin-orders', ['dynamodb:Query orders/index/by-tenant', ...READ]],
  ['shop-read-inventory', ['dynamodb:GetItem inventory', ...READ]],
  [
    'shop-reserve',
    [
      'dynamodb:GetItem inventory',
      'dynamodb:UpdateItem inventory',
      'dynamodb:BatchWriteItem inventory',
      ...WRITE,
    ],
  ],
  [
    'shop-order-worker',
    [
      'dynamodb:GetItem orders',
      'dynamodb:UpdateItem orders',
      'sqs:ReceiveMessage queue',
      'sqs:DeleteMessage queue',
      'sqs:GetQueueAttributes queue',
      SIGN,
      PUBLIC_KEY,
      ...WRITE,
      ...dataKey('sqs', 'Decrypt'),
    ],
  ],
])('%s may do what its code does and nothing else', (name, rights) => {
  expect(rightsOf(name)).toEqual([...rights].sort());
});

test('each function is told what its code reads and nothing else', () => {
  const token = ['JWT_AUDIENCE', 'JWT_ISSUER', 'TOKEN_KEY_ID'];
  const address = 'TRAILGATE_CLIENT_ADDRESS_HEADER';
  const told = Object.fromEntries(
    SHOP_FUNCTIONS.map((name) => [name, Object.keys(environmentOf(name)).sort()]),
  );
  expect(told).toEqual({
    'shop-authorizer': [...token, address],
    'shop-login': [...token, address, 'USERS_TABLE'],
    'shop-read-orders': ['ORDERS_TABLE', address],
    'shop-place-order': [
      'INVENTORY_URL',
      ...token.slice(0, 2),
      'ORDERS_QUEUE_URL',
      'ORDERS_TABLE',
      'TOKEN_KEY_ID',
      address,
    ],
    'shop-admin-orders': ['ORDERS_TABLE', address],
    'shop-read-inventory': ['INVENTORY_TABLE', address],
    'shop-reserve': ['INVENTORY_TABLE', address],
    'shop-order-worker': ['INVENTORY_URL', ...token.slice(0, 2), 'ORDERS_TABLE', 'TOKEN_KEY_ID'],
  });
});

test('whoever serves HTTP believes the header that CloudFront writes and that it hands on', () => {
  const header = 'x-client-address';
  for (const name of SHOP_FUNCTIONS) {
    const told = environmentOf(name).TRAILGATE_CLIENT_ADDRESS_HEADER;
    expect([name, told]).toEqual([name, name === 'shop-order-worker' ? undefined : header]);
  }
  template.hasResourceProperties('AWS::CloudFront::OriginRequestPolicy', {
    OriginRequestPolicyConfig: { HeadersConfig: { Headers: Match.arrayWith([header]) } },
  });
  expect(trail.trusted).toEqual([['shop', header]]);
});

test('orders call the inventory by the front door', () => {
  expect(environmentOf('shop-place-order').INVENTORY_URL).toEqual(stack.resolve(shop.url));
  expect(JSON.stringify(stack.resolve(shop.url))).toContain('DomainName');
});

test('all functions are watched, and callers of all but two are capped', () => {
  const fns = SHOP_FUNCTIONS.map((name) => shop.functions[name].fn);
  expect(trail.watched).toEqual(expect.arrayContaining(fns));
  const { 'shop-authorizer': authorizer, 'shop-order-worker': worker } = shop.functions;
  expect(trail.limited).toEqual(fns.filter((fn) => fn !== authorizer.fn && fn !== worker.fn));
});

test('the gateway has the routes of the API, with its schemas and its authorizer', () => {
  const methods = template.findResources('AWS::ApiGateway::Method');
  expect(Object.keys(methods)).toHaveLength(API_ROUTES.length);
  for (const { method, resource, authorizer, group } of API_ROUTES) {
    const key = routeKey(method, resource);
    const made = shop.api.regionalApi.routes.methods[key];
    const properties = methods[made === undefined ? '' : idOf(made)]?.Properties;
    expect(properties).toMatchObject({
      AuthorizationType: authorizer ? 'CUSTOM' : 'NONE',
      RequestValidatorId: expect.anything(),
    });
    expect(properties.RequestModels !== undefined).toBe(requestSchemas[key] !== undefined);
    expect(JSON.stringify(properties.Integration.Uri)).toContain(idOf(shop.functions[`shop-${group}`].fn));
  }
  template.hasResourceProperties('AWS::ApiGateway::Model', { Schema: requestSchemas['POST /orders'] });
});

test('a login is counted more strictly than the rest, and the shop’s own calls apart', () => {
  const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  const rates = acl?.Properties.Rules.filter(({ Name }: { Name: string }) => Name.startsWith('rate-'));
  expect(
    rates.map(
      ({ Name, Statement }: { Name: string; Statement: { RateBasedStatement: { Limit: number } } }) => [
        Name,
        Statement.RateBasedStatement.Limit,
      ],
    ),
  ).toEqual([
    ['rate-login', 100],
    ['rate-reservations', 100_000],
    ['rate-address', 2_000],
  ]);
});

describe('tables', () => {
  test('are encrypted, recoverable and refuse to be deleted', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 3);
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEType: 'KMS', KMSMasterKeyId: stack.resolve(shop.key.keyArn) },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' });
  });

  test('admit their own functions and who is named, over TLS, and lock out nobody who manages them', () => {
    const table = template.findResources('AWS::DynamoDB::Table')[idOf(shop.data.users)];
    const [tls, others] = table?.Properties.ResourcePolicy.PolicyDocument.Statement ?? [];
    expect(tls).toMatchObject({
      Effect: 'Deny',
      Action: 'dynamodb:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(others).toMatchObject({
      Effect: 'Deny',
      Condition: {
        ArnNotLike: {
          'aws:PrincipalArn': [
            { 'Fn::GetAtt': [idOf(shop.functions['shop-login'].role), 'Arn'] },
            'arn:aws:iam::111122223333:role/seeder',
          ],
        },
      },
    });
    expect(others.Action).toContain('dynamodb:Scan');
    expect(JSON.stringify(others.Action)).not.toMatch(/Policy|Table|\*/);
  });

  test('have the indices that the code asks', () => {
    const table = template.findResources('AWS::DynamoDB::Table')[idOf(shop.data.orders)];
    expect(table?.Properties.GlobalSecondaryIndexes).toMatchObject([
      { IndexName: 'by-id', Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'by-tenant', Projection: { ProjectionType: 'ALL' } },
    ]);
    const inventory = template.findResources('AWS::DynamoDB::Table')[idOf(shop.data.inventory)];
    expect(inventory?.Properties.TimeToLiveSpecification).toEqual({
      AttributeName: 'expires',
      Enabled: true,
    });
  });
});

test('tokens are signed with a key that never leaves KMS', () => {
  template.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
});

describe('orders that are put off', () => {
  const queues = template.findResources('AWS::SQS::Queue');

  test('wait encrypted, over TLS, and hidden for six times as long as the worker takes', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(shop.key.keyArn) });
    const worker =
      template.findResources('AWS::Lambda::Function')[idOf(shop.functions['shop-order-worker'].fn)];
    expect(queues[idOf(shop.orderQueue.queue)]?.Properties.VisibilityTimeout).toBe(
      6 * worker?.Properties.Timeout,
    );
    for (const { Properties } of Object.values(template.findResources('AWS::SQS::QueuePolicy'))) {
      expect(Properties.PolicyDocument.Statement).toMatchObject([
        { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  test('are taken few at a time, and only the failed ones come again', () => {
    expect(Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))).toMatchObject([
      {
        Properties: {
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 5 },
          BatchSize: 10,
        },
      },
    ]);
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5, Timeout: 60 });
  });

  test('end as dead letters of this queue only, and somebody is told', () => {
    expect(queues[idOf(shop.orderQueue.deadLetters)]?.Properties).toMatchObject({
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [
          { 'Fn::Join': ['', expect.arrayContaining([':sqs:eu-central-1:111122223333:shop-orders'])] },
        ],
      },
      MessageRetentionPeriod: 14 * 86_400,
    });
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ Properties }) => [Properties.MetricName, Properties.Threshold])).toEqual([
      ['ApproximateNumberOfMessagesVisible', 0],
      ['ApproximateAgeOfOldestMessage', 900],
    ]);
  });
});
