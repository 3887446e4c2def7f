/** The values of the dimensions under which the metrics of a part are published. */
import { Stack } from 'aws-cdk-lib/core';
import type { AlarmPart } from './alarm-kind.ts';
import type { ConsumerPart, FunctionPart, PipelineParts } from './pipeline-parts.ts';

export type Dimensions = Readonly<Record<string, string>>;

export function partDimensions(part: AlarmPart, parts: PipelineParts): Dimensions {
  switch (part) {
    case 'collector':
    case 'detector':
      return ofConsumer(parts[part]);
    case 'ticker':
      return ofFunction(parts.ticker);
    case 'setup':
    case 'retention': {
      const made = parts[part];
      return made === undefined ? {} : ofFunction(made);
    }
    case 'log stream':
      return { StreamName: parts.logStream.streamName };
    case 'signal stream':
      return { StreamName: parts.signalStream.streamName };
    case 'domain':
    case 'master nodes':
      return ofDomain(parts);
    case 'collection':
      return ofCollection(parts);
    case 'limits table':
      return { TableName: parts.limitsTable.tableName };
    case 'buckets table':
      return { TableName: parts.bucketsTable.tableName };
    case 'failures bucket':
      return { BucketName: parts.failuresBucket.bucketName, StorageType: 'AllStorageTypes' };
    case 'quarantine bucket':
      return { BucketName: parts.quarantineBucket.bucketName, StorageType: 'AllStorageTypes' };
    case 'findings topic':
      return { TopicName: parts.findingsTopic.topicName };
    case 'alarm topic':
      return { TopicName: parts.alarmTopic.topicName };
    case 'subscriptions':
    case 'account subscription':
    case 'services':
      return {};
  }
}

/** Lambda says `FunctionName`; what our functions say of themselves has `Function`. */
function ofFunction({ fn }: FunctionPart): Dimensions {
  return { FunctionName: fn.functionName, Function: fn.functionName };
}

function ofConsumer(consumer: ConsumerPart): Dimensions {
  return { ...ofFunction(consumer), EventSourceMappingUUID: consumer.eventSourceMappingId };
}

function ofDomain({ index: { domain } }: PipelineParts): Dimensions {
  return domain === undefined ? {} : { DomainName: domain.domainName, ClientId: domain.env.account };
}

function ofCollection({ index: { collection } }: PipelineParts): Dimensions {
  if (collection === undefined) return {};
  return {
    ClientId: Stack.of(collection).account,
    CollectionId: collection.attrId,
    CollectionName: collection.name,
  };
}
