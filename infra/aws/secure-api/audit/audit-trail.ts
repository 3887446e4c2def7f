/** Records what is done to the account itself: CloudTrail with files that cannot be changed unseen, and a copy into the pipeline. */

import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';
import { accessLogsBucket } from '../../buckets/access-logs-bucket.ts';
import { dataBucket } from '../../buckets/data-bucket.ts';
import { allowLogGroups } from '../../keys/allow-log-groups.ts';
import { TrailgatePropsError } from '../../props-error.ts';
import { allowTrail } from '../encryption-key.ts';

export interface AuditOptions {
  /** Tables whose reads and writes are recorded too, each paid by the event. @default none */
  readonly dataEventTables?: readonly dynamodb.ITable[];
  /** Buckets whose objects' reads and writes are recorded too. @default none */
  readonly dataEventBuckets?: readonly s3.IBucket[];
  /** Days that no file can be deleted before, by nobody. @default none are locked */
  readonly lockDays?: number;
  /** Days that files are kept. @default 2,555: seven years */
  readonly keepDays?: number;
}

export interface AuditTrailProps extends AuditOptions {
  readonly name: string;
  readonly key: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

const SEVEN_YEARS_DAYS = 2_555;
const COLD_AFTER_DAYS = 90;

export class AuditTrail extends Construct {
  readonly trail: cloudtrail.Trail;
  readonly bucket: s3.IBucket;
  /** Who read the files. */
  readonly accessLogsBucket: s3.IBucket;
  /** What the pipeline watches. */
  readonly logGroup: logs.LogGroup;

  /** Throws `TrailgatePropsError`. */
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const { name, key, removalPolicy, keepDays = SEVEN_YEARS_DAYS, lockDays } = props;
    checkDays('audit.keepDays', keepDays, COLD_AFTER_DAYS + 1);
    if (lockDays !== undefined) checkDays('audit.lockDays', lockDays, 1);
    const logGroupName = `/aws/cloudtrail/${name}`;
    allowLogGroups(key, this, logGroupName);
    allowTrail(key, this, name);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: key,
      retention: props.logRetention,
      removalPolicy,
    });
    this.accessLogsBucket = accessLogsBucket(this, 'AccessLogs', removalPolicy);
    this.bucket = dataBucket(this, 'Files', {
      key,
      accessLogs: this.accessLogsBucket,
      removalPolicy,
      versioned: true,
      lifecycleRules: [
        {
          id: 'cold',
          transitions: [
            {
              storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
              transitionAfter: Duration.days(COLD_AFTER_DAYS),
            },
          ],
        },
        { id: 'expire', expiration: Duration.days(keepDays) },
      ],
      props:
        lockDays === undefined
          ? undefined
          : { objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(lockDays)) },
    });
    this.trail = new cloudtrail.Trail(this, 'Trail', {
      trailName: name,
      bucket: this.bucket,
      encryptionKey: key,
      enableFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      sendToCloudWatchLogs: true,
      cloudWatchLogGroup: this.logGroup,
    });
    if (this.bucket.policy !== undefined) this.trail.node.addDependency(this.bucket.policy);
    this.#recordData(props);
    acceptFinding(this.trail, {
      cfnLint: ['W3005'],
      reason: 'The CDK says twice that the trail waits for its role.',
    });
    acceptFinding(this.trail, {
      checkov: ['CKV_AWS_252'],
      reason:
        'The pipeline reads the log group; a message for each file of the bucket tells nobody anything.',
    });
  }

  #recordData({ dataEventTables = [], dataEventBuckets = [] }: AuditOptions): void {
    if (dataEventBuckets.length > 0) {
      this.trail.addS3EventSelector(dataEventBuckets.map((bucket) => ({ bucket })));
    }
    if (dataEventTables.length > 0) {
      this.trail.addEventSelector(
        // CloudTrail knows it; the CDK's list does not name it.
        'AWS::DynamoDB::Table' as cloudtrail.DataResourceType,
        dataEventTables.map(({ tableArn }) => tableArn),
      );
    }
  }
}

function checkDays(prop: string, days: number, least: number): void {
  if (Number.isInteger(days) && days >= least) return;
  throw new TrailgatePropsError(prop, `a whole number of days from ${least}`, String(days));
}
