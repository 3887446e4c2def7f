/** Calls the set-up's function before each day begins, so that monitors of documents watch the day's index. */
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { WATCH_EVENT } from './watch-day.ts';

const NEXT_HOUR =
  'The event says nothing but that a day may be about to begin: what one call did not do the one of the next hour does.';

/** Two minutes before each hour: the one before midnight does something, and those after it what that one could not. */
export function dailyWatch(scope: Construct, id: string, fn: lambda.IFunction): events.Rule {
  const schedule = new events.Rule(scope, id, {
    description: 'Trailgate: has the monitors watch the index of the day',
    schedule: events.Schedule.cron({ minute: '58' }),
    targets: [
      new targets.LambdaFunction(fn, {
        event: events.RuleTargetInput.fromObject(WATCH_EVENT),
        retryAttempts: 1,
        maxEventAge: Duration.minutes(30),
      }),
    ],
  });
  acceptFinding(schedule, { nag: ['Serverless-EventBusDLQ'], reason: NEXT_HOUR });
  return schedule;
}
