/** The resources of a deployment, as its alarms and its dashboard see them. */
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { TrailIndex } from '../search/trail-index.ts';

export interface FunctionPart {
  readonly fn: lambda.IFunction;
  readonly timeout: Duration;
  /** MB. */
  readonly memory: number;
  /** @default none is reserved */
  readonly reservedConcurrency?: number;
}

/** A function behind a stream. */
export interface ConsumerPart extends FunctionPart {
  /** Its metrics have to be switched on: `MetricType.EVENT_COUNT`. */
  readonly eventSourceMappingId: string;
  /** How long a record can wait before it is given up: the stream's retention, or the mapping's record age if that is less. */
  readonly recordsKept: Duration;
}

export interface PipelineParts {
  readonly logStream: kinesis.IStream;
  readonly signalStream: kinesis.IStream;
  readonly collector: ConsumerPart;
  readonly detector: ConsumerPart;
  readonly ticker: FunctionPart;
  /** @default the index is set up by hand */
  readonly setup?: FunctionPart;
  /** @default the index is no collection */
  readonly retention?: FunctionPart;
  readonly index: Pick<TrailIndex, 'dashboardsUrl' | 'domain' | 'collection'>;
  /** Of a domain of ours. @default not known: the domain exists, or it is a collection */
  readonly domainNodes?: {
    readonly dataNodes: number;
    /** 0: none. */
    readonly masterNodes: number;
    /** GB a data node. */
    readonly volumeGb: number;
  };
  readonly limitsTable: dynamodb.ITable;
  readonly bucketsTable: dynamodb.ITable;
  readonly quarantineBucket: s3.IBucket;
  readonly failuresBucket: s3.IBucket;
  readonly findingsTopic: sns.ITopic;
  readonly alarmTopic: sns.ITopic;
  /** Whether a policy subscribes the whole account. @default false */
  readonly accountSubscription?: boolean;
}
