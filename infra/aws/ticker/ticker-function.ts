/** Makes the ticker: called each minute, it sends the time to every shard of the signal stream. */
import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import type { PipelineFunctionSettings } from '../functions/function-settings.ts';
import { PipelineFunction } from '../functions/pipeline-function.ts';
import type { Size } from '../sizes/size.ts';
import { grantPutRecords } from '../streams/grant-put.ts';

export interface TickerFunctionProps extends PipelineFunctionSettings {
  readonly size: Size['ticker'];
  readonly reservedConcurrency: number | undefined;
  readonly signalStream: kinesis.IStream;
}

const LATE_TICK =
  'A tick that was not sent is out of date, and the next minute brings another; an alarm tells when none come.';

export class TickerFunction extends Construct {
  readonly fn: lambda.Function;
  readonly pipelineFunction: PipelineFunction;
  readonly schedule: events.Rule;

  constructor(scope: Construct, id: string, props: TickerFunctionProps) {
    super(scope, id);
    this.pipelineFunction = new PipelineFunction(this, 'Function', {
      name: 'ticker',
      description: 'Trailgate: sends the time to every shard of the signal stream, so that windows close',
      memory: props.size.memory,
      // Its ticks are spread over the minute; the next call takes over.
      timeout: Duration.seconds(70),
      reservedConcurrency: props.reservedConcurrency,
      key: props.key,
      logGroupName: `${props.logGroupPrefix}ticker`,
      logRetentionDays: props.logRetentionDays,
      network: props.network,
      environment: {
        SIGNALS_STREAM: props.signalStream.streamName,
        TICKS_PER_MINUTE: String(props.size.ticksPerMinute),
      },
      noDeadLetters: LATE_TICK,
    });
    this.fn = this.pipelineFunction.fn;
    grantPutRecords(this.fn, props.signalStream, ['kinesis:ListShards']);
    this.schedule = new events.Rule(this, 'Schedule', {
      description: 'Trailgate: calls the ticker each minute',
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [new targets.LambdaFunction(this.fn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
    // The same of what Lambda has taken from the rule.
    this.fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    acceptFinding(this.fn, { nag: ['Serverless-LambdaAsyncFailureDestination'], reason: LATE_TICK });
    acceptFinding(this.schedule, { nag: ['Serverless-EventBusDLQ'], reason: LATE_TICK });
  }
}
