/** What a platform engineer can say about a deployment; everything has a default. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { AlarmOptions } from './alarms/alarm-options.ts';
import type { DomainSettings } from './search/domain-settings.ts';
import type { IndexSetupProps } from './setup/index-setup.ts';
import type { Size, SizeName } from './sizes/size.ts';
import type { AccountSubscriptionProps } from './watch/index.ts';

/** A resource is either brought (`existingX`) or made with settings (`xProps`); both together throw. */
export interface TrailgateProps {
  /**
   * Names the deployment: its log groups are `/trailgate/<name>/…`. 3 to 32 characters of `a`–`z`, `0`–`9` and `-`,
   * the first a letter.
   * @default made of the construct's path, the same at each synth
   */
  readonly name?: string;
  /**
   * How much of each resource there is: a preset, or one of your own.
   * @default 'small'
   */
  readonly size?: SizeName | Size;

  /**
   * Key that encrypts everything of the deployment. The policy of one that is imported by its ARN has to let
   * CloudWatch Logs use it for these log groups, and CloudWatch for the alarms of the account.
   * @default a key of its own, rotated each year
   */
  readonly existingKey?: kms.IKey;
  /** @default rotation each year, alias `alias/trailgate/<name>` */
  readonly keyProps?: kms.KeyProps;

  /**
   * Stream that CloudWatch Logs puts log lines on. One that is imported and encrypted with a key of yours comes with it:
   * `Stream.fromStreamAttributes(…, { streamArn, encryptionKey })`. Batches are given up before they are a day old, since
   * what it keeps is not known, and concurrency is kept for the shards that the size says.
   * @default a stream of its own with the size's shards
   */
  readonly existingLogStream?: kinesis.IStream;
  /** @default provisioned, encrypted with the deployment's key, kept for the size's retention */
  readonly logStreamProps?: kinesis.StreamProps;
  /**
   * Stream between the collector and the detector. Nothing else may put records on it.
   * @default a stream of its own with the size's shards
   */
  readonly existingSignalStream?: kinesis.IStream;
  /** @default provisioned, encrypted with the deployment's key, kept for the size's retention */
  readonly signalStreamProps?: kinesis.StreamProps;

  /**
   * Table of caps, with the keys and the index `delta` of `limitsTable` in `@trailgate/sdk/limits/table`.
   * @default a table of its own
   */
  readonly existingLimitsTable?: dynamodb.ITable | dynamodb.Table | dynamodb.TableV2;
  /** @default on demand, encrypted with the deployment's key, point-in-time recovery, protected from deletion */
  readonly limitsTableProps?: TableSettings;
  /**
   * Table of shared token buckets, with the key of `bucketsTable` in `@trailgate/sdk/limits/table`.
   * @default a table of its own
   */
  readonly existingBucketsTable?: dynamodb.ITable | dynamodb.Table | dynamodb.TableV2;
  /** @default on demand, encrypted with the deployment's key; holds nothing that is older than an hour */
  readonly bucketsTableProps?: TableSettings;

  /** Bucket for single log lines that could not be indexed. @default a bucket of its own */
  readonly existingQuarantineBucket?: s3.IBucket | s3.Bucket;
  /** Bucket for whole batches of log lines that Lambda gave up. @default a bucket of its own */
  readonly existingFailuresBucket?: s3.IBucket | s3.Bucket;
  /**
   * Bucket for whole batches of signals that Lambda gave up. Not that of log lines: what is replayed from there goes to
   * the collector.
   * @default a bucket of its own
   */
  readonly existingSignalFailuresBucket?: s3.IBucket | s3.Bucket;
  /** Bucket for the detector's state between batches. @default a bucket of its own */
  readonly existingSnapshotsBucket?: s3.IBucket | s3.Bucket;
  /**
   * Bucket for the access logs of the other buckets. The policy of one that is imported has to let log delivery of S3 write.
   * @default a bucket of its own, where any other is made
   */
  readonly existingAccessLogsBucket?: s3.IBucket | s3.Bucket;
  /**
   * Settings of each bucket that is made.
   * @default encrypted with the deployment's key, TLS only, no public access, versioned
   */
  readonly bucketProps?: s3.BucketProps;

  /** OpenSearch Service domain that documents go to. @default a domain of its own with the size's nodes */
  readonly existingDomain?: opensearch.IDomain;
  /** Merged over the baseline. @default encrypted, HTTPS only, fine-grained access control with IAM */
  readonly domainProps?: DomainSettings;
  /**
   * A search collection of OpenSearch Serverless instead of a domain. Its indices are of months, and a function of ours deletes those
   * that are over: business documents after 14 days and the trail after 180, unless `setup.indexOptions` says otherwise.
   * AWS lets a search collection have few indices; days that make too many are a warning at synth.
   * @default false
   */
  readonly collection?: boolean;
  /**
   * Makes the role that OpenSearch Service needs to stand in a VPC: true in an account that never had such a domain, and
   * false in any other, which has the role already.
   * @default false
   */
  readonly createServiceLinkedRole?: boolean;

  /**
   * Whether the index and the functions stand in a VPC; a `vpc` says so too.
   * @default the size's; 'public' with an `existingDomain`
   */
  readonly network?: 'public' | 'private';
  /** @default a VPC of its own without a way to the internet, where the network is private */
  readonly vpc?: ec2.IVpc | ec2.Vpc;
  /** Of `vpc`. @default its isolated subnets, or else its private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Of the functions in `vpc`. @default one of its own */
  readonly securityGroups?: readonly ec2.ISecurityGroup[];

  /**
   * How the index is set up at each deployment. `false` leaves templates, lifecycle, roles and monitors of an existing
   * domain or of a collection to `trailgate index apply`; a domain that is made here has no other way in.
   * @default the schema's own settings in the size's shards and copies, nobody but the pipeline mapped to a role
   */
  readonly setup?: SetupOptions | false;

  /** Topic that alarms go to. Its policy has to let CloudWatch alarms publish. @default a topic of its own */
  readonly existingAlarmTopic?: sns.ITopic;
  /** @default encrypted with the deployment's key, TLS only */
  readonly alarmTopicProps?: sns.TopicProps;
  /** Topic that each finding goes to once. @default a topic of its own */
  readonly existingFindingsTopic?: sns.ITopic;
  /** @default encrypted with the deployment's key, TLS only */
  readonly findingsTopicProps?: sns.TopicProps;
  /** Addresses that get a mail for each alarm once their owner has confirmed. @default none */
  readonly notify?: readonly string[];

  /** Alarms on everything that can lose or delay data. @default true */
  readonly alarms?: boolean | AlarmOptions;
  /** A CloudWatch dashboard of the pipeline's health. @default true */
  readonly dashboard?: boolean;

  /**
   * Subscribes every log group of the account and region, those to come among them; an account may have one such policy.
   * @default false: what `watch` and `watchApp` are told
   */
  readonly accountSubscription?: boolean | Omit<AccountSubscriptionProps, 'watcher'>;

  /** What becomes of streams, tables, buckets, the index and the key with the stack. @default RETAIN */
  readonly removalPolicy?: RemovalPolicy;
  /** Whether tables refuse to be deleted. @default true unless `removalPolicy` is DESTROY */
  readonly deletionProtection?: boolean;
  /**
   * Keeps concurrency for each function. Switch it off in an account whose quota leaves fewer than 100 unreserved.
   * @default true
   */
  readonly reservedConcurrency?: boolean;
  /** Days that the pipeline's own log groups are kept; one of the numbers CloudWatch Logs takes. @default the size's */
  readonly logRetentionDays?: number;
}

/** What the limiter and the detectors read a table by is not a setting. */
export type TableSettings = Omit<Partial<dynamodb.TableProps>, 'partitionKey' | 'sortKey'>;

export interface SetupOptions
  extends Pick<
    IndexSetupProps,
    | 'indexOptions'
    | 'alertThresholds'
    | 'missingPlugins'
    | 'revision'
    | 'webhooks'
    | 'email'
    | 'securityAnalytics'
  > {
  /** ARNs of IAM roles of people, by what they do; mapped to roles of the domain. @default nobody */
  readonly roleMappings?: Readonly<
    Partial<Record<'security' | 'developer' | 'dashboards', readonly string[]>>
  >;
}
