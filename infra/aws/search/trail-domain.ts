/** An OpenSearch Service domain for the pipeline: encrypted, known callers only, its rights kept by roles of its own. */
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Lazy, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PipelineNetwork } from '../network/pipeline-network.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { settingsOf } from '../settings-of.ts';
import type { Size } from '../sizes/size.ts';
import { domainStatements, SETUP_CALLS, WRITE_CALLS } from './domain-calls.ts';
import { acceptDomainFindings } from './domain-findings.ts';
import { type DomainLogs, domainLogs, loggingOptions } from './domain-logs.ts';
import { type DomainPlace, domainPlace } from './domain-place.ts';
import { type DomainSettings, domainBaseline, mergedSettings, zonesOf } from './domain-settings.ts';
import { grantDomain } from './grant-domain.ts';
import { searchName } from './search-name.ts';
import type { TrailIndex } from './trail-index.ts';

export interface TrailDomainProps {
  /** Of the deployment: the domain has it too, 3 to 28 characters. */
  readonly name: string;
  readonly size: Size;
  /** For documents and the domain's own logs. */
  readonly key: kms.IKey;
  /** Days that the domain's own logs are kept. */
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  /** Puts the domain into the network; only the functions reach it there. @default reached from anywhere, by who may sign */
  readonly network?: PipelineNetwork | undefined;
  /**
   * Merged over the baseline; a group such as `capacity` by its members. Encryption, HTTPS and signed calls cannot be
   * switched off: fine-grained access control stands on them. `accessPolicies` are added to those of the functions.
   * @default the baseline
   */
  readonly domainProps?: DomainSettings | undefined;
  /**
   * Makes `AWSServiceRoleForAmazonOpenSearchService`, without which no domain can stand in a VPC. An account has it
   * from its first such domain on, and a second one cannot be made: `true` in an account that never had one.
   * @default false
   */
  readonly createServiceLinkedRole?: boolean | undefined;
}

export class TrailDomain extends Construct implements TrailIndex {
  public readonly domain: opensearch.Domain;
  public readonly collection = undefined;
  public readonly service = 'es';
  public readonly url: string;
  public readonly dashboardsUrl: string;
  /** Log groups of the domain's own logs, and who may write to them. */
  public readonly logs: DomainLogs;
  /** In a network only: what lets the functions in. */
  public readonly securityGroup: ec2.SecurityGroup | undefined;
  public readonly serviceLinkedRole: iam.CfnServiceLinkedRole | undefined;
  /** Who may call what; names each function's role. */
  public readonly accessPolicy: iam.PolicyDocument;
  readonly #arn: string;
  #masterArn: string | undefined;

  constructor(scope: Construct, id: string, props: TrailDomainProps) {
    super(scope, id);
    const { domainName: givenName, accessPolicies = [], ...given } = props.domainProps ?? {};
    const name =
      givenName === undefined
        ? searchName('name', props.name, 'domain')
        : searchName('domainProps.domainName', givenName, 'domain');
    // The policies name the domain that they belong to, so its ARN is made of the name and not asked of the resource.
    this.#arn = Stack.of(this).formatArn({ service: 'es', resource: 'domain', resourceName: name });
    this.logs = domainLogs(this, {
      name: props.name,
      domainArn: this.#arn,
      key: props.key,
      retention: props.logRetentionDays,
      removalPolicy: props.removalPolicy,
    });
    this.#masterArn = given.fineGrainedAccessControl?.masterUserArn;
    const baseline = domainBaseline(props.size, props.key, props.removalPolicy);
    const settings = mergedSettings(
      {
        ...baseline,
        logging: loggingOptions(this.logs),
        fineGrainedAccessControl: { masterUserArn: Lazy.string({ produce: () => this.#masterArn }) },
      },
      given,
    );
    const place: DomainPlace | undefined =
      props.network && domainPlace(this, props.network, zonesOf(settings));
    this.securityGroup = place?.securityGroup;
    this.domain = settingsOf(
      'domainProps',
      props.domainProps,
      () =>
        new opensearch.Domain(this, 'Domain', {
          ...settings,
          domainName: name,
          suppressLogsResourcePolicy: true,
          ...place?.settings,
        }),
    );
    this.domain.node.addDependency(this.logs.policy);
    this.accessPolicy = new iam.PolicyDocument({ statements: accessPolicies, minimize: true });
    // The CDK's own prop would bring a function that writes the policy.
    (this.domain.node.defaultChild as opensearch.CfnDomain).accessPolicies = this.accessPolicy;
    if (props.createServiceLinkedRole === true) {
      this.serviceLinkedRole = new iam.CfnServiceLinkedRole(this, 'ServiceLinkedRole', {
        awsServiceName: 'opensearchservice.amazonaws.com',
      });
      this.domain.node.addDependency(this.serviceLinkedRole);
    }
    this.url = `https://${this.domain.domainEndpoint}`;
    this.dashboardsUrl = `${this.url}/_dashboards`;
    this.node.addValidation({
      validate: () =>
        this.#masterArn === undefined ? ['The domain has no master: grantSetup gives it one.'] : [],
    });
    acceptDomainFindings(this.domain, props.size, props.network !== undefined);
  }

  public grantWrite(grantee: lambda.IFunction): void {
    this.accessPolicy.addStatements(...domainStatements(this.#arn, WRITE_CALLS, grantee.grantPrincipal));
    grantDomain(grantee, this.#arn, WRITE_CALLS);
  }

  /**
   * The function's role becomes the domain's master, where `domainProps` name no other; a master of your own has to map
   * that role to `all_access`. @throws TrailgatePropsError for a function whose role is not known
   */
  public grantSetup(grantee: lambda.IFunction): void {
    if (grantee.role === undefined) {
      throw new TrailgatePropsError('grantSetup', 'a function with a role', 'one without');
    }
    this.#masterArn ??= grantee.role.roleArn;
    this.accessPolicy.addStatements(...domainStatements(this.#arn, SETUP_CALLS, grantee.grantPrincipal));
    grantDomain(grantee, this.#arn, SETUP_CALLS);
  }
}
