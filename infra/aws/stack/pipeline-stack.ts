/** The pipeline as a stack of its own, for people without an app: the construct, what it watches, and what a person needs next. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { LogArchive } from '../archive/index.ts';
import { Trailgate } from '../trailgate.ts';
import type { TrailgateProps } from '../trailgate-props.ts';
import type { DeploymentConfig, WatchConfig } from './deployment-config.ts';

export interface PipelineStackProps extends StackProps {
  readonly config: DeploymentConfig;
}

export class PipelineStack extends Stack {
  readonly trail: Trailgate;
  /** Undefined where no other account sends here. */
  readonly archive: LogArchive | undefined;

  /** @throws TrailgatePropsError */
  constructor(scope: Construct, id: string, { config, ...props }: PipelineStackProps) {
    super(scope, id, props);
    this.trail = new Trailgate(this, 'Trailgate', this.#trailProps(config));
    this.#watch(config.watch ?? {});
    this.archive = this.#makeArchive(config);
    this.#tell();
  }

  #trailProps(config: DeploymentConfig): TrailgateProps {
    const { index = 'domain', audiences } = config;
    return {
      name: config.name,
      size: config.size,
      ...(config.network !== undefined && { network: config.network }),
      ...(config.notify !== undefined && { notify: config.notify }),
      ...(index === 'serverless' && { collection: true }),
      ...(typeof index === 'object' && {
        existingDomain: opensearch.Domain.fromDomainAttributes(this, 'Domain', {
          domainArn: index.domainArn,
          domainEndpoint: index.endpoint,
        }),
      }),
      ...(audiences !== undefined && { setup: { roleMappings: audiences } }),
      ...(config.watch?.account === true && { accountSubscription: true }),
      removalPolicy: config.keepData === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      reservedConcurrency: config.reservedConcurrency ?? true,
    };
  }

  #watch({ functions = [], logGroups = [] }: WatchConfig): void {
    for (const name of functions) {
      this.trail.watch(lambda.Function.fromFunctionName(this, `Function-${name}`, name));
    }
    for (const name of logGroups) {
      this.trail.watch(logs.LogGroup.fromLogGroupName(this, `LogGroup-${name}`, name));
    }
  }

  #makeArchive({ name, archive }: DeploymentConfig): LogArchive | undefined {
    if (archive === undefined) return undefined;
    return new LogArchive(this, 'Archive', {
      stream: this.trail.logStream,
      destinationName: name,
      ...(archive.accounts !== undefined && { accounts: archive.accounts }),
      ...(archive.organization !== undefined && { organizationId: archive.organization }),
    });
  }

  #tell(): void {
    const { trail } = this;
    const say = (id: string, description: string, value: string | undefined): void => {
      if (value !== undefined) new CfnOutput(this, id, { description, value });
    };
    say('IndexUrl', 'Where documents are: business-* and trail-*', trail.index.url);
    say(
      'DashboardsUrl',
      'OpenSearch Dashboards, for who is mapped to a role of the index',
      trail.index.dashboardsUrl,
    );
    say('HealthUrl', 'How the pipeline itself is', this.#dashboardUrl());
    say('LogStreamArn', 'What log groups are subscribed to', trail.logStream.streamArn);
    say('LimitsTable', 'LIMITS_TABLE of a function that enforces caps', trail.limitsTable.tableName);
    say('BucketsTable', 'BUCKETS_TABLE of a function that enforces caps', trail.bucketsTable.tableName);
    say('FindingsTopicArn', 'Subscribe to hear of each finding', trail.findingsTopic.topicArn);
    say('AlarmTopicArn', 'Subscribe to hear of the pipeline’s alarms', trail.alarmTopic.topicArn);
    say('QuarantineBucket', 'Lines that could not be indexed', trail.quarantineBucket.bucketName);
    say('FailuresBucket', 'Batches of log lines that Lambda gave up', trail.failuresBucket.bucketName);
    say(
      'SignalFailuresBucket',
      'Batches of signals that Lambda gave up',
      trail.signalFailuresBucket.bucketName,
    );
    say('ArchiveDestinationArn', 'What other accounts subscribe to', this.archive?.destinationArn);
    say('WatchAFunction', 'How to watch a first function that is there already', this.#howToWatch());
  }

  #dashboardUrl(): string | undefined {
    const name = this.trail.dashboard?.dashboard.dashboardName;
    if (name === undefined) return undefined;
    return `https://${this.region}.console.aws.amazon.com/cloudwatch/home?region=${this.region}#dashboards/dashboard/${name}`;
  }

  #howToWatch(): string {
    return "add its name to watch.functions in the config and deploy again; in an app of one's own: trail.watch(fn)";
  }
}
