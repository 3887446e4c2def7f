/** Brings the index to what the release needs, at each deployment: what CloudFormation has no resources for. */
import type { Audience, IndexOptions } from '@trailgate/collectors/schema';
import type { MonitorThresholds } from '@trailgate/dashboards';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import type { PipelineFunctionSettings } from '../functions/function-settings.ts';
import { PipelineFunction } from '../functions/pipeline-function.ts';
import { givenMembers } from '../given-members.ts';
import { ANALYTICS_CALLS } from '../search/domain-calls.ts';
import { grantDomain } from '../search/grant-domain.ts';
import type { TrailIndex } from '../search/trail-index.ts';
import { alertRole, mailRole } from './alert-role.ts';
import type { AlertChannelProps } from './channel-props.ts';
import { checkSetupOptions } from './check-options.ts';
import { dailyWatch } from './daily-watch.ts';
import { releaseHash } from './release-hash.ts';
import { type ChannelOption, resourceProperties, type SetupPropertyOptions } from './setup-properties.ts';

export interface IndexSetupProps extends PipelineFunctionSettings, AlertChannelProps {
  /** Of the deployment: part of the ids of the custom resource and of the notification channel. */
  readonly name: string;
  readonly index: TrailIndex;
  /**
   * Topic that the domain's alert monitors tell. A serverless collection has no monitors.
   * @default alerts are only shown in OpenSearch Dashboards
   */
  readonly channelTopic?: sns.ITopic | undefined;
  /** ARNs of IAM roles by audience, mapped to the domain's roles of ours. @default nobody is mapped */
  readonly roleMappings?: Readonly<Partial<Record<Audience, readonly string[]>>> | undefined;
  /** Shards, copies, days, tenants. @default those of the preset `standard` */
  readonly indexOptions?: IndexOptions | undefined;
  /** How much is too much. @default DEFAULT_THRESHOLDS of `@trailgate/dashboards` */
  readonly alertThresholds?: Partial<MonitorThresholds> | undefined;
  /** Installs rules and a detector of the plugin Security Analytics, whose findings say the same again. @default false */
  readonly securityAnalytics?: boolean | undefined;
  /**
   * What it means that the domain lacks a plugin: a domain without fine-grained access control has no roles, and one
   * older than OpenSearch 2.0 no notification channels.
   * @default 'fail'; what a serverless collection never has is skipped
   */
  readonly missingPlugins?: 'fail' | 'skip' | undefined;
  /** Another text than the last one applies all of it again at the next deployment. @default none */
  readonly revision?: string | undefined;
  /** Kept for it and never exceeded. @default none is kept */
  readonly reservedConcurrency?: number | undefined;
  /** What has to be there before the index can be called, beside the index and the network. @default nothing */
  readonly after?: readonly IDependable[] | undefined;
}

/** Lambda's own maximum: a new domain's roles take minutes, and so do many indices. */
const TIMEOUT = Duration.minutes(15);
/** Three tries, each of which answers before it ends. CloudFormation takes at most an hour. */
const SERVICE_TIMEOUT = Duration.minutes(50);

export class IndexSetup extends Construct {
  readonly fn: lambda.Function;
  readonly pipelineFunction: PipelineFunction;
  /** Undefined where there is no domain or no topic. */
  readonly alertRole: iam.Role | undefined;
  /** Undefined where there is no domain or nobody to mail. */
  readonly mailRole: iam.Role | undefined;
  readonly resource: CustomResource;
  /** Version of the schema that is installed; what reads it comes after the set-up. */
  readonly installedVersion: string;

  /** @throws TrailgatePropsError */
  constructor(scope: Construct, id: string, props: IndexSetupProps) {
    super(scope, id);
    const { index, name } = props;
    checkSetupOptions(props);
    this.pipelineFunction = new PipelineFunction(this, 'Function', {
      name: 'setup',
      description: 'Trailgate: sets up the index at each deployment, for CloudFormation',
      memory: 512,
      timeout: TIMEOUT,
      reservedConcurrency: props.reservedConcurrency,
      key: props.key,
      logGroupName: `${props.logGroupPrefix}setup`,
      logRetentionDays: props.logRetentionDays,
      network: props.network,
      environment: {
        INDEX_URL: index.url,
        INDEX_SERVICE: index.service,
        ...(index.dashboardsUrl !== undefined && { DASHBOARDS_URL: index.dashboardsUrl }),
      },
      noDeadLetters:
        'CloudFormation invokes it and waits for its answer: a run that fails is a deployment that fails, and says so.',
    });
    this.fn = this.pipelineFunction.fn;
    index.grantSetup(this.fn);
    const { domain } = index;
    const { channelTopic, email } = props;
    if (domain !== undefined) {
      if (channelTopic !== undefined) this.alertRole = alertRole(this, 'AlertRole', domain, channelTopic);
      if (email !== undefined) this.mailRole = mailRole(this, 'MailRole', domain, email);
      dailyWatch(this, 'DailyWatch', this.fn);
      if (props.securityAnalytics === true) grantDomain(this.fn, domain.domainArn, ANALYTICS_CALLS);
    }
    this.#passRoles();
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::TrailgateIndexSetup',
      serviceToken: this.fn.functionArn,
      serviceTimeout: SERVICE_TIMEOUT,
      properties: resourceProperties(
        name,
        contentOf(props.revision),
        Stack.of(this).toJsonString(this.#options(props)),
      ),
    });
    this.installedVersion = this.resource.getAttString('Version');
    // Its policies, too, and the way to it.
    this.resource.node.addDependency(index, ...networkOf(props), ...(props.after ?? []));
  }

  /** The domain asks whether who makes a channel may hand over its role. That it goes to no other service is in the role. */
  #passRoles(): void {
    const resources = [this.alertRole, this.mailRole].flatMap((role) => role?.roleArn ?? []);
    if (resources.length === 0) return;
    this.fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources }));
  }

  #options(props: IndexSetupProps): SetupPropertyOptions {
    const { index, roleMappings = {}, indexOptions = {}, alertThresholds, securityAnalytics = false } = props;
    const serverless = index.service === 'aoss';
    const { tenants, ...indices } = indexOptions;
    return {
      engine: serverless ? 'serverless' : 'cluster',
      missingPlugins: props.missingPlugins ?? (serverless ? 'skip' : 'fail'),
      indices: { ...indices, ...(tenants !== undefined && { tenants: [...tenants] }) },
      roleMappings: Object.fromEntries(
        Object.entries(roleMappings).map(([audience, arns]) => [audience, [...arns]]),
      ),
      channels: index.domain === undefined ? [] : this.#channels(props),
      securityAnalytics,
      ...(alertThresholds !== undefined && { thresholds: givenMembers(alertThresholds) }),
    };
  }

  #channels({ channelTopic, webhooks = [], email }: IndexSetupProps): ChannelOption[] {
    const channels: ChannelOption[] = [];
    if (channelTopic !== undefined && this.alertRole !== undefined) {
      channels.push({ kind: 'sns', topicArn: channelTopic.topicArn, roleArn: this.alertRole.roleArn });
    }
    for (const { name, url, headers = {} } of webhooks) {
      const given = Object.entries(headers).map(([header, value]) => [header, value.unsafeUnwrap()]);
      channels.push({
        ...{ kind: 'webhook', name, url: url.unsafeUnwrap() },
        ...(given.length > 0 && { headers: Object.fromEntries(given) }),
      });
    }
    if (email !== undefined && this.mailRole !== undefined) {
      const { region } = Stack.of(this);
      const { from, to } = email;
      channels.push({ kind: 'email', from, to: [...to], region, roleArn: this.mailRole.roleArn });
    }
    return channels;
  }
}

function contentOf(revision = ''): string {
  return revision === '' ? releaseHash() : `${releaseHash()} ${revision}`;
}

function networkOf({ network }: IndexSetupProps): readonly IDependable[] {
  return Construct.isConstruct(network) ? [network] : [];
}
