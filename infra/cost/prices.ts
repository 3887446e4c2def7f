/** On-demand list prices in USD, without free tiers, discounts, taxes and support: what the estimate multiplies with. */
import { LIST_PRICES, type ListPrice } from '@trailgate/dashboards';

/** When the prices were noted. AWS changes them now and then: the pages named are what holds. */
export const PRICES_COLLECTED = '2026-11-23';

const KINESIS = 'https://aws.amazon.com/kinesis/data-streams/pricing/';
const OPENSEARCH = 'https://aws.amazon.com/opensearch-service/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const S3 = 'https://aws.amazon.com/s3/pricing/';
const KMS = 'https://aws.amazon.com/kms/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const PRIVATELINK = 'https://aws.amazon.com/privatelink/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';
const CLOUDFRONT = 'https://aws.amazon.com/cloudfront/pricing/';
const API_GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const XRAY = 'https://aws.amazon.com/xray/pricing/';

/** Of the smallest node; the others cost what `INSTANCE_HOURS` says. */
const { 'opensearch.nodeHour': SMALLEST_NODE, ...SHOWN } = LIST_PRICES;

/** Those that dashboards begin with are theirs. */
export const US_EAST_1 = {
  ...SHOWN,
  'kinesis.extendedShardHour': {
    usd: 0.02,
    per: 'shard hour kept for more than a day, up to seven',
    source: KINESIS,
  },
  'opensearch.gp3Gb': { usd: 0.122, per: 'GB of gp3 a month', source: OPENSEARCH },
  'opensearch.serverlessGb': { usd: 0.024, per: 'GB a month in a collection', source: OPENSEARCH },
  'dynamodb.writes': { usd: 0.625, per: 'million write request units', source: DYNAMODB },
  'dynamodb.reads': { usd: 0.125, per: 'million read request units', source: DYNAMODB },
  's3.puts': { usd: 0.005, per: 'thousand PUT requests', source: S3 },
  's3.gets': { usd: 0.0004, per: 'thousand GET requests', source: S3 },
  'kms.key': { usd: 1, per: 'key a month', source: KMS },
  'kms.requests': { usd: 0.03, per: 'ten thousand requests', source: KMS },
  // Lambda's tiers begin with this: `LAMBDA_LOG_TIERS`.
  'logs.lambdaGb': { usd: 0.5, per: 'GB that functions log', source: CLOUDWATCH },
  'logs.storedGb': { usd: 0.03, per: 'GB a month, compressed', source: CLOUDWATCH },
  'logs.vendedGb': { usd: 0.5, per: 'GB delivered by a service', source: CLOUDWATCH },
  'cloudwatch.alarm': { usd: 0.1, per: 'metric of an alarm a month', source: CLOUDWATCH },
  'cloudwatch.compositeAlarm': { usd: 0.5, per: 'composite alarm a month', source: CLOUDWATCH },
  'cloudwatch.metric': { usd: 0.3, per: 'custom metric a month', source: CLOUDWATCH },
  'cloudwatch.dashboard': { usd: 3, per: 'dashboard a month', source: CLOUDWATCH },
  'cloudwatch.calls': { usd: 0.01, per: 'thousand calls of PutMetricData', source: CLOUDWATCH },
  'xray.traces': { usd: 5, per: 'million traces', source: XRAY },
  'vpc.endpointHour': { usd: 0.01, per: 'endpoint hour in a zone', source: PRIVATELINK },
  'vpc.endpointGb': { usd: 0.01, per: 'GB through an endpoint', source: PRIVATELINK },
  'waf.acl': { usd: 5, per: 'web ACL a month', source: WAF },
  'waf.rule': { usd: 1, per: 'rule a month', source: WAF },
  'waf.requests': { usd: 0.6, per: 'million requests', source: WAF },
  'cloudfront.requests': { usd: 0.01, per: 'ten thousand HTTPS requests', source: CLOUDFRONT },
  'cloudfront.gb': { usd: 0.085, per: 'GB to the internet', source: CLOUDFRONT },
  'apigateway.requests': { usd: 3.5, per: 'million requests of a REST API', source: API_GATEWAY },
} as const satisfies Readonly<Record<string, ListPrice>>;

export type PriceKey = keyof typeof US_EAST_1;

/** USD an instance hour, us-east-1. */
export const INSTANCE_HOURS: Readonly<Record<string, number>> = {
  't3.small.search': SMALLEST_NODE.usd,
  't3.medium.search': 0.073,
  'm7g.large.search': 0.135,
  'm7g.xlarge.search': 0.271,
  'm7g.2xlarge.search': 0.542,
  'm7g.4xlarge.search': 1.084,
  'r7g.medium.search': 0.089,
  'r7g.large.search': 0.178,
  'r7g.xlarge.search': 0.356,
  'r7g.2xlarge.search': 0.711,
  'r7g.4xlarge.search': 1.422,
  'r7g.8xlarge.search': 2.845,
  'r7g.12xlarge.search': 4.267,
  'c7g.large.search': 0.12,
  'c7g.xlarge.search': 0.241,
};

/** What differs in Frankfurt, as far as it is known here; the rest is priced as us-east-1, which is too low. */
export const EU_CENTRAL_1: Readonly<Partial<Record<PriceKey, number>>> = {
  'kinesis.shardHour': 0.018,
  'kinesis.putUnits': 0.0175,
  'lambda.gbSecond': 0.0000133334,
  'logs.lambdaGb': 0.63,
  'logs.storedGb': 0.0324,
};

/** What functions log becomes cheaper with the amount: GB up to which, and share of the first tier's price. */
export const LAMBDA_LOG_TIERS: readonly { readonly upToGb: number; readonly share: number }[] = [
  { upToGb: 10_000, share: 1 },
  { upToGb: 30_000, share: 0.5 },
  { upToGb: 50_000, share: 0.2 },
  { upToGb: Number.POSITIVE_INFINITY, share: 0.1 },
];
