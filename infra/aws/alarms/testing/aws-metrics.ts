/** Metrics of AWS services with the sets of dimensions they are published under, as their documentation lists them. */

interface Documented {
  readonly source: string;
  readonly metrics: Readonly<Record<string, readonly string[]>>;
}

const BY_FUNCTION = ['FunctionName'];
const BY_MAPPING = ['EventSourceMappingUUID'];
const BY_STREAM = ['StreamName'];
const BY_DOMAIN = ['ClientId,DomainName'];
const BY_SUBSCRIPTION = ['DestinationType,FilterName,LogGroupName', 'DestinationType,FilterName,PolicyLevel'];

/** By namespace; dimensions sorted and joined by commas. */
export const AWS_METRICS: Readonly<Record<string, Documented>> = {
  'AWS/Lambda': {
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    metrics: {
      Invocations: BY_FUNCTION,
      Errors: BY_FUNCTION,
      Throttles: BY_FUNCTION,
      Duration: BY_FUNCTION,
      ConcurrentExecutions: BY_FUNCTION,
      IteratorAge: BY_FUNCTION,
      DestinationDeliveryFailures: BY_FUNCTION,
      // Of Kinesis, where the mapping's metrics are switched on as `EventCount`.
      DroppedEventCount: BY_MAPPING,
      OnFailureDestinationDeliveredEventCount: BY_MAPPING,
    },
  },
  'AWS/Kinesis': {
    source: 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
    metrics: {
      IncomingBytes: BY_STREAM,
      IncomingRecords: BY_STREAM,
      WriteProvisionedThroughputExceeded: BY_STREAM,
      ReadProvisionedThroughputExceeded: BY_STREAM,
    },
  },
  'AWS/Logs': {
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html',
    metrics: { DeliveryErrors: BY_SUBSCRIPTION, DeliveryThrottling: BY_SUBSCRIPTION },
  },
  'AWS/ES': {
    source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html',
    metrics: {
      'ClusterStatus.red': BY_DOMAIN,
      'ClusterStatus.yellow': BY_DOMAIN,
      ClusterIndexWritesBlocked: BY_DOMAIN,
      FreeStorageSpace: BY_DOMAIN,
      AutomatedSnapshotFailure: BY_DOMAIN,
      CPUUtilization: BY_DOMAIN,
      JVMMemoryPressure: BY_DOMAIN,
      Nodes: BY_DOMAIN,
      MasterReachableFromNode: BY_DOMAIN,
      MasterCPUUtilization: BY_DOMAIN,
      MasterJVMMemoryPressure: BY_DOMAIN,
      KMSKeyError: BY_DOMAIN,
      KMSKeyInaccessible: BY_DOMAIN,
    },
  },
  'AWS/AOSS': {
    source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/monitoring-cloudwatch.html',
    metrics: {
      '5xx': ['ClientId,CollectionId,CollectionName'],
      IngestionRequestErrors: ['ClientId,CollectionId,CollectionName'],
      IndexingOCU: ['ClientId'],
      SearchOCU: ['ClientId'],
    },
  },
  'AWS/DynamoDB': {
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
    metrics: {
      ReadThrottleEvents: ['TableName'],
      WriteThrottleEvents: ['TableName'],
      ConsumedReadCapacityUnits: ['TableName'],
      ConsumedWriteCapacityUnits: ['TableName'],
      SystemErrors: ['Operation,TableName'],
    },
  },
  'AWS/S3': {
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html',
    metrics: { NumberOfObjects: ['BucketName,StorageType'] },
  },
  'AWS/SNS': {
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html',
    metrics: { NumberOfMessagesPublished: ['TopicName'], NumberOfNotificationsFailed: ['TopicName'] },
  },
};
