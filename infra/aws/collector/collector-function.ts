/** Makes the collector: reads log lines from the stream, writes documents, signals and what it had to set aside. */
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acceptObjects } from '../functions/accept-objects.ts';
import type { PipelineFunctionSettings } from '../functions/function-settings.ts';
import { PipelineFunction } from '../functions/pipeline-function.ts';
import { grantKeyUse } from '../keys/grant-key-use.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { indexEnvironment } from '../search/index-environment.ts';
import type { TrailIndex } from '../search/trail-index.ts';
import type { Size } from '../sizes/size.ts';
import { consumeStream } from '../streams/consume-stream.ts';
import { grantPutRecords } from '../streams/grant-put.ts';

export interface CollectorFunctionProps extends PipelineFunctionSettings {
  readonly size: Size['collector'];
  readonly reservedConcurrency: number | undefined;
  readonly logStream: kinesis.IStream;
  readonly retentionHours: number;
  readonly signalStream: kinesis.IStream;
  readonly quarantine: s3.IBucket;
  readonly failures: s3.IBucket;
  readonly index: TrailIndex;
  /** Log groups that are never read; `*` at the end for all that begin so. */
  readonly ownLogGroups: string;
}

/** Keys are `quarantine/YYYY/MM/DD/<hash>`: `createS3Quarantine` of the collectors. */
const QUARANTINE_OBJECTS = 'quarantine/*';
const WEB_ACL_NAME = /^[\w-]{1,128}$/;
const HEADER_NAME = /^[\w-]{1,64}$/;

export class CollectorFunction extends Construct {
  readonly fn: lambda.Function;
  readonly pipelineFunction: PipelineFunction;
  readonly source: lambda.EventSourceMapping;
  readonly #clientAddressHeaders = new Map<string, string>();

  constructor(scope: Construct, id: string, props: CollectorFunctionProps) {
    super(scope, id);
    const { key, quarantine, failures, index, logStream, signalStream, size } = props;
    this.pipelineFunction = new PipelineFunction(this, 'Function', {
      name: 'collector',
      description: 'Trailgate: turns log lines into documents of the index, signals and metrics',
      memory: size.memory,
      timeout: Duration.minutes(2),
      reservedConcurrency: props.reservedConcurrency,
      key,
      logGroupName: `${props.logGroupPrefix}collector`,
      logRetentionDays: props.logRetentionDays,
      network: props.network,
      environment: {
        ...indexEnvironment(index),
        SIGNALS_STREAM: signalStream.streamName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        QUARANTINE_KEY_ARN: (quarantine.encryptionKey ?? key).keyArn,
        OWN_LOG_GROUPS: props.ownLogGroups,
      },
    });
    this.fn = this.pipelineFunction.fn;
    this.fn.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [quarantine.arnForObjects(QUARANTINE_OBJECTS)],
      }),
    );
    grantKeyUse(this.fn, quarantine.encryptionKey ?? key, ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']);
    grantPutRecords(this.fn, signalStream);
    index.grantWrite(this.fn);
    this.source = consumeStream(this.pipelineFunction, 'Logs', {
      stream: logStream,
      batchSize: size.batchSize,
      batchingWindow: size.batchingWindow,
      parallelizationFactor: size.parallelizationFactor,
      retentionHours: props.retentionHours,
      failures,
    });
    acceptObjects(this.pipelineFunction, [quarantine.arnForObjects(QUARANTINE_OBJECTS)]);
  }

  /** @throws TrailgatePropsError */
  trustClientAddress(webAclName: string, header: string): void {
    checkName('webAclName', webAclName, WEB_ACL_NAME, '1 to 128 letters, digits, dashes and underscores');
    checkName(
      'header',
      header,
      HEADER_NAME,
      'the name of a header, of at most 64 letters, digits and dashes',
    );
    this.#clientAddressHeaders.set(webAclName, header);
    const pairs = [...this.#clientAddressHeaders].map(([acl, name]) => `${acl}=${name}`);
    this.fn.addEnvironment('CLIENT_ADDRESS_HEADERS', pairs.sort().join(','));
  }
}

function checkName(prop: string, given: unknown, fits: RegExp, expected: string): void {
  if (typeof given === 'string' && fits.test(given)) return;
  throw new TrailgatePropsError(`trustClientAddress(${prop})`, expected, JSON.stringify(given) ?? 'nothing');
}
