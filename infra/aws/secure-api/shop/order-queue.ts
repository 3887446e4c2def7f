/** Orders that are put off instead of refused: a queue, a worker that takes few at a time, and an alarm for what stays. */

import { ArnFormat, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import type { PipelineFunction } from '../../functions/pipeline-function.ts';
import { WORKER_CONCURRENCY, WORKER_TIMEOUT_SECONDS } from './shop-functions.ts';

export interface OrderQueueProps {
  readonly name: string;
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly alarmTopic: sns.ITopic | undefined;
}

/** Lambda developer guide: at least six times the function's timeout, so that a message is not taken twice at once. */
const HIDDEN_SECONDS = 6 * WORKER_TIMEOUT_SECONDS;
/** With the time that a message is hidden, about an hour and a half of a silent inventory. */
const MAX_ATTEMPTS = 15;
const BATCH_SIZE = 10;
/** An order should not wait longer than a quarter of an hour unseen. */
const OLD_SECONDS = 900;

export class OrderQueue extends Construct {
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: OrderQueueProps) {
    super(scope, id);
    const { name, key, removalPolicy } = props;
    const common = {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      removalPolicy,
    } as const;
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', {
      ...common,
      queueName: `${name}-orders-dead`,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new sqs.Queue(this, 'Queue', {
      ...common,
      queueName: `${name}-orders`,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(HIDDEN_SECONDS),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_ATTEMPTS },
    });
    allowOnly(this.deadLetters, `${name}-orders`);
    acceptFinding(this.deadLetters, {
      nag: ['Serverless-SQSRedrivePolicy'],
      reason: 'It is itself where messages end that could not be handled.',
    });
    this.alarms = [this.#deadLettersAlarm(props), this.#ageAlarm(props)];
    if (props.alarmTopic !== undefined) {
      const action = new actions.SnsAction(props.alarmTopic);
      for (const alarm of this.alarms) {
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
    }
  }

  /** Feeds the worker, whose rights have to be there first: Lambda checks them when it makes the mapping. */
  feed(worker: PipelineFunction): lambda.EventSourceMapping {
    const mapping = new lambda.EventSourceMapping(this, 'Mapping', {
      target: worker.fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: BATCH_SIZE,
      maxConcurrency: WORKER_CONCURRENCY,
      reportBatchItemFailures: true,
    });
    mapping.node.addDependency(worker.role);
    acceptFinding(mapping, {
      nag: ['Serverless-LambdaEventSourceMappingDestination'],
      reason:
        'A mapping of SQS has none: what fails stays in the queue, and goes from there to the dead letters.',
    });
    return mapping;
  }

  #deadLettersAlarm({ name }: OrderQueueProps): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'DeadLettersAlarm', {
      alarmName: `${name}-orders-dead-letters`,
      alarmDescription:
        'Orders were put off and given up: they stay pending. Read the log of the order worker, then redrive the queue.',
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // SQS says nothing of a queue that nobody uses.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  #ageAlarm({ name }: OrderQueueProps): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'AgeAlarm', {
      alarmName: `${name}-orders-age`,
      alarmDescription:
        'An order that was put off waits for a quarter of an hour: the inventory does not answer, or the worker fails.',
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: OLD_SECONDS,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}

/** By name and not by reference: the two queues would wait for each other. */
function allowOnly(deadLetters: sqs.Queue, sourceName: string): void {
  const resource = deadLetters.node.defaultChild as sqs.CfnQueue;
  const source = Stack.of(deadLetters).formatArn({
    service: 'sqs',
    resource: sourceName,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  resource.redriveAllowPolicy = { redrivePermission: 'byQueue', sourceQueueArns: [source] };
}
