/** The metrics of AWS services that panels show, with the dimensions they are published under as their documentation lists them. */
import type { MetricSource } from './metric-source.ts';

const LAMBDA = {
  namespace: 'AWS/Lambda',
  dimensions: ['FunctionName'],
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
} as const;
const KINESIS = {
  namespace: 'AWS/Kinesis',
  dimensions: ['StreamName'],
  source: 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
} as const;
const LOGS = {
  namespace: 'AWS/Logs',
  dimensions: ['LogGroupName', 'DestinationType', 'FilterName'],
  source:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html',
} as const;
const OPENSEARCH = {
  namespace: 'AWS/ES',
  dimensions: ['DomainName', 'ClientId'],
  source:
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html',
} as const;
const SERVERLESS = {
  namespace: 'AWS/AOSS',
  dimensions: ['ClientId'],
  source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/monitoring-cloudwatch.html',
} as const;

type AwsMetric = MetricSource & { readonly source: string };

export const AWS_METRICS = {
  lambdaInvocations: { ...LAMBDA, name: 'Invocations' },
  lambdaErrors: { ...LAMBDA, name: 'Errors' },
  lambdaThrottles: { ...LAMBDA, name: 'Throttles' },
  lambdaDuration: { ...LAMBDA, name: 'Duration' },
  iteratorAge: { ...LAMBDA, name: 'IteratorAge' },
  streamBytes: { ...KINESIS, name: 'IncomingBytes' },
  streamRecords: { ...KINESIS, name: 'IncomingRecords' },
  streamWritesThrottled: { ...KINESIS, name: 'WriteProvisionedThroughputExceeded' },
  streamReadsThrottled: { ...KINESIS, name: 'ReadProvisionedThroughputExceeded' },
  deliveryErrors: { ...LOGS, name: 'DeliveryErrors' },
  deliveryThrottling: { ...LOGS, name: 'DeliveryThrottling' },
  indexNodes: { ...OPENSEARCH, name: 'Nodes' },
  indexingUnits: { ...SERVERLESS, name: 'IndexingOCU' },
  searchUnits: { ...SERVERLESS, name: 'SearchOCU' },
} as const satisfies Readonly<Record<string, AwsMetric>>;

export type AwsMetricKey = keyof typeof AWS_METRICS;
