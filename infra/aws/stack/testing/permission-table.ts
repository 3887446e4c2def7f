/**
 * Who may do what in a whole deployment: a row for each role, a line for each action and resource, as `grantLines` reads
 * them. Resources go by their logical ids without the hash; the rows of one kind of index stand beside each other.
 */

export interface RoleRow {
  /** Who may take the role, and on whose behalf. */
  readonly trust: readonly string[];
  /** Without what every function may do, for a function's role. */
  readonly grants: readonly string[];
}

export type IndexKind = 'domain' | 'existing' | 'serverless';

const key = (of: string, service: string, ...uses: readonly string[]): string[] =>
  uses.map((use) => `kms:${use} <${of}> via ${service}`);
const pipelineKey = (service: string, ...uses: readonly string[]): string[] =>
  key('TrailgateKey', service, ...uses);
const shopKey = (service: string, ...uses: readonly string[]): string[] => key('ShopKey', service, ...uses);

/** X-Ray knows no resources for its calls. */
export const EVERY_FUNCTION: readonly string[] = [
  'logs:CreateLogStream <own log group>',
  'logs:PutLogEvents <own log group>',
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];

const NETWORK_CALLS = [
  'AssignPrivateIpAddresses',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'UnassignPrivateIpAddresses',
];

/** EC2 knows no resource for an interface before it is there; Lambda makes it, and the function's own code is kept from it. */
export const IN_VPC: readonly string[] = NETWORK_CALLS.flatMap((call) => [
  `ec2:${call} *`,
  `not ec2:${call} * if Null lambda:SourceFunctionArn false`,
]);

const readStream = (stream: string): string[] =>
  ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'].map(
    (call) => `kinesis:${call} <${stream}>`,
  );
/** Lambda's own poller writes them in the function's name. */
const failedBatches = (bucket: string): string[] => [
  `s3:ListBucket <${bucket}>`,
  `s3:PutObject <${bucket}>/aws/lambda/*`,
];

const COLLECTION = 'aoss:APIAccessAll <TrailgateIndexCollection>';
/** A collection has no paths in IAM; its data access policy says which indices. */
const writeDocuments = (index: IndexKind): string =>
  index === 'serverless' ? COLLECTION : 'es:ESHttpPost <domain>/_bulk';

const setUpIndex = (index: IndexKind): string[] => {
  if (index === 'serverless') return [COLLECTION];
  const calls = {
    Get: [
      '_component_template/trailgate-*',
      '_index_template/trailgate-*',
      '_plugins/_ism/explain/*',
      '_plugins/_ism/policies/trailgate-*',
      '_plugins/_notifications/configs/trailgate-*',
      '_plugins/_security/api/roles/trailgate_*',
      '_plugins/_security/api/rolesmapping/trailgate_*',
      'business-*/_alias/business',
      'business-*/_mapping',
      'business/_alias',
      'trail-*/_alias/trail',
      'trail-*/_mapping',
      'trail/_alias',
    ],
    Post: [
      '_aliases',
      '_dashboards/api/saved_objects/_bulk_get',
      '_dashboards/api/saved_objects/_import',
      '_plugins/_alerting/monitors',
      '_plugins/_alerting/monitors/_search',
      '_plugins/_ism/add/*',
      '_plugins/_ism/change_policy/*',
      '_plugins/_notifications/configs',
    ],
    Put: [
      '_component_template/trailgate-*',
      '_index_template/trailgate-*',
      '_plugins/_alerting/monitors/*',
      '_plugins/_ism/policies/trailgate-*',
      '_plugins/_notifications/configs/trailgate-*',
      '_plugins/_security/api/roles/trailgate_*',
      '_plugins/_security/api/rolesmapping/trailgate_*',
      'business-*/_mapping',
      'trail-*/_mapping',
      'trail-????.??.??',
    ],
  };
  const lines = Object.entries(calls).flatMap(([method, paths]) =>
    paths.map((path) => `es:ESHttp${method} <domain>/${path}`),
  );
  // The one role that is handed on: the index publishes its alerts with it.
  return [...lines, 'iam:PassRole <TrailgateSetupAlertRole>'];
};

const LAMBDA = ['lambda.amazonaws.com'];
const fromThisAccount = (service: string, source: string): string[] => [
  `${service} if StringEquals aws:SourceAccount <AWS::AccountId> if ${source}`,
];
const putLogs = (logGroup: string): string[] => [
  `logs:CreateLogStream <${logGroup}>`,
  `logs:PutLogEvents <${logGroup}>`,
];
const sendLogs = [
  'kinesis:PutRecord <TrailgateLogStream>',
  'kms:GenerateDataKey <TrailgateKey> if StringEquals kms:EncryptionContext:aws:kinesis:arn <TrailgateLogStream>',
];

export function pipelineRoles(index: IndexKind): Readonly<Record<string, RoleRow>> {
  return {
    TrailgateCollectorFunctionRole: {
      trust: LAMBDA,
      grants: [
        ...readStream('TrailgateLogStream'),
        ...failedBatches('TrailgateFailuresBucket'),
        writeDocuments(index),
        'kinesis:PutRecords <TrailgateSignalStream>',
        's3:PutObject <TrailgateQuarantineBucket>/quarantine/*',
        ...pipelineKey('kinesis', 'Decrypt', 'GenerateDataKey'),
        ...pipelineKey('s3', 'Decrypt', 'GenerateDataKey'),
      ],
    },
    TrailgateDetectorFunctionRole: {
      trust: LAMBDA,
      grants: [
        ...readStream('TrailgateSignalStream'),
        ...failedBatches('TrailgateSignalFailuresBucket'),
        writeDocuments(index),
        // A metric is no resource.
        'cloudwatch:PutMetricData * if StringEquals cloudwatch:namespace Trailgate',
        'dynamodb:GetItem <TrailgateLimitsTable>',
        'dynamodb:UpdateItem <TrailgateLimitsTable>',
        'dynamodb:UpdateItem <TrailgateBucketsTable>',
        's3:GetObject <TrailgateSnapshotsBucket>/snapshots/*',
        's3:ListBucket <TrailgateSnapshotsBucket>',
        's3:PutObject <TrailgateSnapshotsBucket>/snapshots/*',
        'sns:Publish <TrailgateFindingsTopic>',
        ...pipelineKey('dynamodb', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'),
        ...pipelineKey('kinesis', 'Decrypt'),
        ...pipelineKey('s3', 'Decrypt', 'GenerateDataKey'),
        ...pipelineKey('sns', 'Decrypt', 'GenerateDataKey'),
      ],
    },
    TrailgateTickerFunctionRole: {
      trust: LAMBDA,
      grants: [
        'kinesis:ListShards <TrailgateSignalStream>',
        'kinesis:PutRecords <TrailgateSignalStream>',
        ...pipelineKey('kinesis', 'GenerateDataKey'),
      ],
    },
    TrailgateSetupFunctionRole: { trust: LAMBDA, grants: setUpIndex(index) },
    TrailgateWatcherRole: {
      trust: fromThisAccount('logs.amazonaws.com', 'StringLike aws:SourceArn <logs>'),
      grants: sendLogs,
    },
    ...(index === 'serverless'
      ? { TrailgateRetentionFunctionRole: { trust: LAMBDA, grants: [COLLECTION] } }
      : {
          TrailgateSetupAlertRole: {
            trust: fromThisAccount('es.amazonaws.com', 'ArnLike aws:SourceArn <domain>'),
            grants: [
              'sns:Publish <TrailgateAlarmTopic>',
              ...pipelineKey('sns', 'Decrypt', 'GenerateDataKey'),
            ],
          },
        }),
  };
}

/** Of a deployment in a VPC that other accounts send to. */
export const PRIVATE_ARCHIVE_ROLES: Readonly<Record<string, RoleRow>> = {
  ArchiveRole: {
    trust: [
      'logs.amazonaws.com if StringEquals aws:SourceAccount <AWS::AccountId> | 999988887777 if StringLike aws:SourceArn <logs> | <logs>',
    ],
    grants: sendLogs,
  },
  TrailgateNetworkFlowLogsRole: {
    trust: fromThisAccount(
      'vpc-flow-logs.amazonaws.com',
      'ArnLike aws:SourceArn arn:aws:ec2:eu-central-1:<AWS::AccountId>:vpc-flow-log/*',
    ),
    grants: [
      ...putLogs('TrailgateNetworkFlowLogsLogGroup'),
      'logs:DescribeLogStreams <TrailgateNetworkFlowLogsLogGroup>',
    ],
  },
};

/** What each function that enforces caps may do with the pipeline's tables. */
const ENFORCES = [
  'dynamodb:GetItem <TrailgateBucketsTable>',
  'dynamodb:GetItem <TrailgateLimitsTable>',
  'dynamodb:Query <TrailgateLimitsTable>/index/delta',
  'dynamodb:UpdateItem <TrailgateBucketsTable>',
  ...pipelineKey('dynamodb', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'),
];
const READS = shopKey('dynamodb', 'Decrypt', 'DescribeKey');
const WRITES = shopKey('dynamodb', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey');
const CHECK_TOKENS = 'kms:GetPublicKey <ShopTokenKey>';
const MAKE_TOKENS = [
  CHECK_TOKENS,
  'kms:Sign <ShopTokenKey> if StringEquals kms:SigningAlgorithm ECDSA_SHA_256 if StringEquals kms:MessageType RAW',
];

const shopFunction = (name: string, ...grants: readonly string[]): readonly [string, RoleRow] => [
  `ShopFunctionsshop${name}Role`,
  { trust: LAMBDA, grants },
];

export const SHOP_ROLES: Readonly<Record<string, RoleRow>> = {
  ...Object.fromEntries([
    shopFunction('authorizer', CHECK_TOKENS),
    shopFunction('login', ...ENFORCES, ...MAKE_TOKENS, 'dynamodb:BatchGetItem <ShopDataUsers>', ...READS),
    shopFunction(
      'readorders',
      ...ENFORCES,
      'dynamodb:GetItem <ShopDataOrders>',
      'dynamodb:Query <ShopDataOrders>',
      'dynamodb:Query <ShopDataOrders>/index/by-id',
      ...READS,
    ),
    shopFunction(
      'placeorder',
      ...ENFORCES,
      ...MAKE_TOKENS,
      'dynamodb:PutItem <ShopDataOrders>',
      'dynamodb:UpdateItem <ShopDataOrders>',
      'sqs:SendMessage <ShopOrderQueue>',
      ...WRITES,
      ...shopKey('sqs', 'Decrypt', 'GenerateDataKey'),
    ),
    shopFunction('adminorders', ...ENFORCES, 'dynamodb:Query <ShopDataOrders>/index/by-tenant', ...READS),
    shopFunction('readinventory', ...ENFORCES, 'dynamodb:GetItem <ShopDataInventory>', ...READS),
    shopFunction(
      'reserve',
      ...ENFORCES,
      'dynamodb:BatchWriteItem <ShopDataInventory>',
      'dynamodb:GetItem <ShopDataInventory>',
      'dynamodb:UpdateItem <ShopDataInventory>',
      ...WRITES,
    ),
    shopFunction(
      'orderworker',
      ...MAKE_TOKENS,
      'dynamodb:GetItem <ShopDataOrders>',
      'dynamodb:UpdateItem <ShopDataOrders>',
      'sqs:DeleteMessage <ShopOrderQueue>',
      'sqs:GetQueueAttributes <ShopOrderQueue>',
      'sqs:ReceiveMessage <ShopOrderQueue>',
      ...WRITES,
      ...shopKey('sqs', 'Decrypt'),
    ),
  ]),
  // One for all APIs of an account and region; API Gateway refuses a role with less than this policy allows.
  ShopApiGatewayAccountRole: {
    trust: ['apigateway.amazonaws.com'],
    grants: [
      'managed policy arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    ],
  },
  ShopApiAuditTrailLogsRole: { trust: ['cloudtrail.amazonaws.com'], grants: putLogs('ShopApiAuditLogGroup') },
};
