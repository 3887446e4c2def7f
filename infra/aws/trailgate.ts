/** The whole pipeline as one construct: from the log lines of what it watches to findings and lower caps. */
import { Stage } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { PipelineAlarms } from './alarms/pipeline-alarms.ts';
import type { PipelineParts } from './alarms/pipeline-parts.ts';
import { CollectorFunction } from './collector/collector-function.ts';
import { PipelineDashboard } from './dashboard/pipeline-dashboard.ts';
import { type AnyFunction, vpcOf } from './declared-interface.ts';
import { DetectorFunction } from './detector/detector-function.ts';
import type { PipelineFunctionSettings } from './functions/function-settings.ts';
import { allowPipelineUse, pipelineKey } from './keys/pipeline-key.ts';
import { PipelineNetwork } from './network/pipeline-network.ts';
import { checkRegion } from './regions/check-region.ts';
import { retentionDays } from './retention/retention-days.ts';
import { RetentionFunction } from './retention/retention-function.ts';
import { resolveIndex } from './search/resolve-index.ts';
import { TrailCollection } from './search/trail-collection.ts';
import type { TrailIndex } from './search/trail-index.ts';
import { IndexSetup } from './setup/index-setup.ts';
import type { Size } from './sizes/size.ts';
import { grantLimits } from './tables/grant-limits.ts';
import { TickerFunction } from './ticker/ticker-function.ts';
import { pipelineParts } from './trailgate-parts.ts';
import { type DeploymentPlan, planDeployment } from './trailgate-plan.ts';
import type { TrailgateProps } from './trailgate-props.ts';
import { makeStores } from './trailgate-stores.ts';
import { AccountSubscription, LogWatcher, type WatchOptions, type WatchTarget } from './watch/index.ts';

/**
 * Makes what it is not given. A prop that cannot be used throws TrailgatePropsError, which names it, at synth.
 *
 * @example
 * const trail = new Trailgate(this, 'Trail', { size: 'small', notify: ['oncall@example.com'] });
 * trail.watch(ordersFunction);
 * trail.grantLimits(ordersFunction);
 */
export class Trailgate extends Construct {
  readonly name: string;
  readonly size: Size;
  /** `/trailgate/<name>/`: what the names of the pipeline's own log groups begin with. */
  readonly logGroupPrefix: string;
  readonly key: kms.IKey;
  /** Undefined where nothing stands in a VPC. */
  readonly network: PipelineNetwork | undefined;
  readonly index: TrailIndex;
  readonly logStream: kinesis.IStream;
  readonly signalStream: kinesis.IStream;
  readonly limitsTable: dynamodb.ITable;
  readonly bucketsTable: dynamodb.ITable;
  readonly quarantineBucket: s3.IBucket;
  /** Batches of log lines that were given up. */
  readonly failuresBucket: s3.IBucket;
  /** Batches of signals that were given up. */
  readonly signalFailuresBucket: s3.IBucket;
  readonly snapshotsBucket: s3.IBucket;
  /** Undefined where all buckets exist already. */
  readonly accessLogsBucket: s3.IBucket | undefined;
  readonly alarmTopic: sns.ITopic;
  readonly findingsTopic: sns.ITopic;
  readonly collector: CollectorFunction;
  readonly detector: DetectorFunction;
  readonly ticker: TickerFunction;
  /** Undefined where the index is set up by hand. */
  readonly setup: IndexSetup | undefined;
  /** Undefined where the index is a domain, which has lifecycle policies of its own. */
  readonly retention: RetentionFunction | undefined;
  /** The role of CloudWatch Logs and the subscriptions. */
  readonly watcher: LogWatcher;
  /** Undefined where the account is not subscribed as a whole. */
  readonly accountSubscription: AccountSubscription | undefined;
  /** Undefined where they are switched off. */
  readonly alarms: PipelineAlarms | undefined;
  /** Undefined where it is switched off. */
  readonly dashboard: PipelineDashboard | undefined;

  /** @throws TrailgatePropsError */
  constructor(scope: Construct, id: string, props: TrailgateProps = {}) {
    super(scope, id);
    const plan = planDeployment(this, props);
    checkRegion(this, {
      serverlessIndex: props.collection === true,
      zones: props.existingDomain === undefined || plan.private ? plan.size.search.zones : 1,
    });
    this.name = plan.name;
    this.size = plan.size;
    this.logGroupPrefix = plan.logGroupPrefix;
    this.key =
      props.existingKey ??
      pipelineKey(this, 'Key', { name: plan.name, props: props.keyProps, removalPolicy: plan.removalPolicy });
    allowPipelineUse(this.key, this, plan.logGroupPrefix);
    this.network = this.#makeNetwork(plan, props);
    this.index = resolveIndex(this, { ...props, ...plan, key: this.key, network: this.network });

    const stores = makeStores(this, plan, this.key, props);
    this.logStream = stores.logStream;
    this.signalStream = stores.signalStream;
    this.limitsTable = stores.tables.limits;
    this.bucketsTable = stores.tables.buckets;
    this.quarantineBucket = stores.buckets.quarantine;
    this.failuresBucket = stores.buckets.failures;
    this.signalFailuresBucket = stores.buckets.signalFailures;
    this.snapshotsBucket = stores.buckets.snapshots;
    this.accessLogsBucket = stores.buckets.accessLogs;
    this.alarmTopic = stores.alarmTopic;
    this.findingsTopic = stores.findingsTopic;

    this.watcher = new LogWatcher(this, 'Watcher', {
      stream: this.logStream,
      name: `trailgate-${plan.name}`,
    });
    this.accountSubscription = this.#subscribeAccount(props.accountSubscription);
    this.collector = this.#makeCollector(plan);
    this.detector = this.#makeDetector(plan);
    this.ticker = new TickerFunction(this, 'Ticker', {
      ...this.#functionSettings(plan),
      size: plan.size.ticker,
      reservedConcurrency: plan.reserved.ticker,
      signalStream: this.signalStream,
    });
    this.setup = this.#makeSetup(plan, props.setup);
    this.retention = this.#makeRetention(plan, props.setup);
    const parts = pipelineParts(this, plan, props.domainProps);
    this.alarms = this.#makeAlarms(parts, props.alarms);
    this.dashboard = this.#makeDashboard(parts, props.dashboard);
  }

  /**
   * Sends the log lines of functions and log groups here, and of all functions in a scope, those made later too. Options
   * may come last. Watching one again changes nothing.
   * @throws TrailgatePropsError naming the target or the option
   */
  watch(...targets: WatchTarget[]): void;
  watch(...targetsAndOptions: [...WatchTarget[], WatchOptions]): void;
  watch(...targetsAndOptions: readonly (WatchTarget | WatchOptions)[]): void {
    this.watcher.watch(...(targetsAndOptions as [...WatchTarget[], WatchOptions]));
  }

  /**
   * Watches every function of the app, or of the stage that this is in, in all stacks of this account and region, but for
   * those told to be left out.
   */
  watchApp(options: WatchOptions = {}): void {
    this.watcher.watch(Stage.of(this) ?? this.node.root, options);
  }

  /**
   * Lets a function enforce caps and lease tokens, and tells it in which tables by `LIMITS_TABLE` and `BUCKETS_TABLE`. One
   * that was imported has to be told these by who makes it.
   * @throws TrailgatePropsError for what is no function, one that was imported without its role, and one in another region
   */
  grantLimits(fn: AnyFunction): void {
    grantLimits(fn, { limits: this.limitsTable, buckets: this.bucketsTable });
  }

  /**
   * Has the client's address read from a header in the log of a regional web ACL behind a proxy, whose own address is all that
   * the log says otherwise. Only where the proxy overwrites the header and a rule `origin-secret` refuses who comes past it.
   * `SecureApi` asks for its own.
   * @throws TrailgatePropsError
   */
  trustClientAddress(webAclName: string, header: string): void {
    this.collector.trustClientAddress(webAclName, header);
  }

  #makeNetwork(plan: DeploymentPlan, props: TrailgateProps): PipelineNetwork | undefined {
    if (!plan.private) return undefined;
    return new PipelineNetwork(this, 'Network', {
      ...plan,
      key: this.key,
      zones: plan.size.search.zones,
      vpc: props.vpc && vpcOf(props.vpc),
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
  }

  #functionSettings({ logGroupPrefix, logRetentionDays }: DeploymentPlan): PipelineFunctionSettings {
    return { key: this.key, logGroupPrefix, logRetentionDays, network: this.network };
  }

  #subscribeAccount(wanted: TrailgateProps['accountSubscription'] = false): AccountSubscription | undefined {
    if (wanted === false) return undefined;
    const options = wanted === true ? {} : wanted;
    return new AccountSubscription(this, 'AccountSubscription', { ...options, watcher: this.watcher });
  }

  #makeCollector(plan: DeploymentPlan): CollectorFunction {
    return new CollectorFunction(this, 'Collector', {
      ...this.#functionSettings(plan),
      size: plan.size.collector,
      reservedConcurrency: plan.reserved.collector,
      logStream: this.logStream,
      retentionHours: plan.logs.retentionHours,
      signalStream: this.signalStream,
      quarantine: this.quarantineBucket,
      failures: this.failuresBucket,
      index: this.index,
      ownLogGroups: `${this.watcher.ownLogGroupPrefix}*`,
    });
  }

  #makeDetector(plan: DeploymentPlan): DetectorFunction {
    return new DetectorFunction(this, 'Detector', {
      ...this.#functionSettings(plan),
      size: plan.size.detector,
      reservedConcurrency: plan.reserved.detector,
      signalStream: this.signalStream,
      retentionHours: plan.signals.retentionHours,
      snapshots: this.snapshotsBucket,
      failures: this.signalFailuresBucket,
      tables: { limits: this.limitsTable, buckets: this.bucketsTable },
      findings: this.findingsTopic,
      index: this.index,
    });
  }

  #makeSetup(plan: DeploymentPlan, wanted: TrailgateProps['setup'] = {}): IndexSetup | undefined {
    if (wanted === false) return undefined;
    const { roleMappings, indexOptions, ...options } = wanted;
    const setup = new IndexSetup(this, 'Setup', {
      ...options,
      ...this.#functionSettings(plan),
      name: plan.name,
      index: this.index,
      channelTopic: this.alarmTopic,
      indexOptions: { preset: plan.size.search.indices, ...indexOptions },
      roleMappings: {
        ...roleMappings,
        collector: [this.collector.pipelineFunction.role.roleArn],
        detector: [this.detector.pipelineFunction.role.roleArn],
      },
      reservedConcurrency: plan.reserved.setup,
    });
    // The first document makes the index of its day, which has to find its template.
    for (const { source } of [this.collector, this.detector]) source.node.addDependency(setup.resource);
    return setup;
  }

  #makeRetention(plan: DeploymentPlan, setup: TrailgateProps['setup'] = {}): RetentionFunction | undefined {
    if (!(this.index instanceof TrailCollection)) return undefined;
    return new RetentionFunction(this, 'Retention', {
      ...this.#functionSettings(plan),
      collection: this.index,
      days: retentionDays(setup === false ? {} : setup.indexOptions),
      reservedConcurrency: plan.reserved.retention,
    });
  }

  #makeAlarms(parts: PipelineParts, wanted: TrailgateProps['alarms'] = true): PipelineAlarms | undefined {
    if (wanted === false) return undefined;
    const options = wanted === true ? {} : { options: wanted };
    return new PipelineAlarms(this, 'Alarms', { name: this.name, parts, ...options });
  }

  #makeDashboard(parts: PipelineParts, wanted = true): PipelineDashboard | undefined {
    if (!wanted) return undefined;
    const alarms = this.alarms && { alarms: this.alarms };
    return new PipelineDashboard(this, 'Dashboard', { name: this.name, parts, ...alarms });
  }
}
