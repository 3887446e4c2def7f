/** A pipeline of bare resources, to see alarms and dashboard of. */
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as aoss from 'aws-cdk-lib/aws-opensearchserverless';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { bucketOf, tableOf } from '../../declared-interface.ts';
import type { ConsumerPart, FunctionPart, PipelineParts } from '../pipeline-parts.ts';

export function testStack(): Stack {
  return new Stack(new App(), 'Pipeline', { env: { account: '111122223333', region: 'eu-central-1' } });
}

export function testParts(stack: Stack, changes: Partial<PipelineParts> = {}): PipelineParts {
  const collector = functionPart(stack, 'Collector');
  const detector = functionPart(stack, 'Detector');
  return {
    logStream: new kinesis.Stream(stack, 'Logs'),
    signalStream: new kinesis.Stream(stack, 'Signals'),
    collector: consumer(collector, 'collector-mapping'),
    detector: consumer(detector, 'detector-mapping'),
    ticker: functionPart(stack, 'Ticker'),
    setup: functionPart(stack, 'Setup'),
    index: domainIndex(stack),
    domainNodes: { dataNodes: 3, masterNodes: 3, volumeGb: 100 },
    limitsTable: table(stack, 'Limits'),
    bucketsTable: table(stack, 'Buckets'),
    quarantineBucket: bucketOf(new s3.Bucket(stack, 'Quarantine')),
    failuresBucket: bucketOf(new s3.Bucket(stack, 'Failures')),
    findingsTopic: new sns.Topic(stack, 'Findings'),
    alarmTopic: new sns.Topic(stack, 'Alarmed'),
    ...changes,
  };
}

export function collectionIndex(stack: Stack): PipelineParts['index'] {
  const collection = new aoss.CfnCollection(stack, 'Collection', { name: 'trail', type: 'SEARCH' });
  return { dashboardsUrl: collection.attrDashboardEndpoint, domain: undefined, collection };
}

function domainIndex(stack: Stack): PipelineParts['index'] {
  const domain = opensearch.Domain.fromDomainAttributes(stack, 'Domain', {
    domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/trail',
    domainEndpoint: 'trail.eu-central-1.es.amazonaws.com',
  });
  return { dashboardsUrl: 'https://trail.example.com/_dashboards', domain, collection: undefined };
}

function functionPart(stack: Stack, id: string): FunctionPart {
  const fn = new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('export const handler = () => {};'),
  });
  return { fn, timeout: Duration.seconds(60), memory: 1_024, reservedConcurrency: 3 };
}

function consumer(part: FunctionPart, eventSourceMappingId: string): ConsumerPart {
  return { ...part, eventSourceMappingId, recordsKept: Duration.days(7) };
}

function table(stack: Stack, id: string): dynamodb.ITable {
  return tableOf(
    new dynamodb.TableV2(stack, id, {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    }),
  );
}
