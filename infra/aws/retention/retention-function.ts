/** Makes the retention of a collection: called once a day, it deletes the indices that have expired. */

import type { RetentionDays } from '@trailgate/collectors/setup';
import { Annotations, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import type { PipelineFunctionSettings } from '../functions/function-settings.ts';
import { PipelineFunction } from '../functions/pipeline-function.ts';
import type { TrailCollection } from '../search/trail-collection.ts';
import { INDEX_QUOTA, mostIndices } from './retention-days.ts';

export interface RetentionFunctionProps extends PipelineFunctionSettings {
  readonly collection: TrailCollection;
  readonly days: RetentionDays;
  readonly reservedConcurrency: number | undefined;
}

const NEXT_DAY =
  'The event says nothing but that a day is over: what one call did not delete the next one does, and an alarm tells of each that failed.';
/** Of a call that Lambda could not start, or that failed. */
const RETRY = { retryAttempts: 2, maxEventAge: Duration.hours(6) };

export class RetentionFunction extends Construct {
  readonly fn: lambda.Function;
  readonly pipelineFunction: PipelineFunction;
  readonly schedule: events.Rule;

  constructor(scope: Construct, id: string, props: RetentionFunctionProps) {
    super(scope, id);
    const { collection, days } = props;
    this.pipelineFunction = new PipelineFunction(this, 'Function', {
      name: 'retention',
      description: 'Trailgate: deletes the indices of a collection that have expired',
      memory: 256,
      timeout: Duration.minutes(5),
      reservedConcurrency: props.reservedConcurrency,
      key: props.key,
      logGroupName: `${props.logGroupPrefix}retention`,
      logRetentionDays: props.logRetentionDays,
      network: props.network,
      environment: {
        INDEX_URL: collection.url,
        INDEX_SERVICE: collection.service,
        BUSINESS_DAYS: String(days.business),
        TRAIL_DAYS: String(days.trail),
      },
      noDeadLetters: NEXT_DAY,
    });
    this.fn = this.pipelineFunction.fn;
    collection.grantRetention(this.fn);
    this.schedule = new events.Rule(this, 'Schedule', {
      description: 'Trailgate: calls the retention once a day',
      schedule: events.Schedule.rate(Duration.days(1)),
      targets: [new targets.LambdaFunction(this.fn, RETRY)],
    });
    // The same of what Lambda has taken from the rule.
    this.fn.configureAsyncInvoke(RETRY);
    acceptFinding(this.fn, { nag: ['Serverless-LambdaAsyncFailureDestination'], reason: NEXT_DAY });
    acceptFinding(this.schedule, { nag: ['Serverless-EventBusDLQ'], reason: NEXT_DAY });
    const most = mostIndices(days);
    if (most > INDEX_QUOTA) {
      Annotations.of(this).addWarningV2(
        '@trailgate/infra:collectionIndices',
        `${days.business} days of business and ${days.trail} of trail documents are up to ${most} indices, and the search collections of an account may hold ${INDEX_QUOTA} where nothing else was agreed: keep fewer days (setup.indexOptions), or have the quota raised`,
      );
    }
  }
}
