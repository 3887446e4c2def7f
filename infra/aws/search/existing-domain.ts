/** A domain that is there already, as the index of the pipeline: nothing of it is changed but what the set-up writes into it. */
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { PipelineNetwork } from '../network/pipeline-network.ts';
import { SETUP_CALLS, WRITE_CALLS } from './domain-calls.ts';
import { grantDomain } from './grant-domain.ts';
import { importedDomain } from './imported-domain.ts';
import type { TrailIndex } from './trail-index.ts';

export interface ExistingDomainProps {
  /** OpenSearch 2.7 or newer. Of this app, or imported by its endpoint or attributes. */
  readonly domain: opensearch.IDomain;
  /** For people. @default `/_dashboards` of the domain */
  readonly dashboardsUrl?: string | undefined;
  /**
   * Where the functions stand. The security group of a domain of this app lets them in; that of an imported one has to
   * be told to, on port 443. @default they call it from anywhere
   */
  readonly network?: PipelineNetwork | undefined;
}

/**
 * The functions' roles are given exact calls at it. Two things are up to its owner: with fine-grained access control,
 * the set-up's role has to be mapped to `all_access` before the deployment (it maps the others itself), for which it
 * is an output; and the access policy of a domain in another account has to name the roles.
 */
export class ExistingDomain extends Construct implements TrailIndex {
  /** As it was given, or with its name put right. */
  public readonly domain: opensearch.IDomain;
  public readonly collection = undefined;
  public readonly service = 'es';
  public readonly url: string;
  public readonly dashboardsUrl: string;
  #setupRoleArn: string | undefined;

  constructor(scope: Construct, id: string, props: ExistingDomainProps) {
    super(scope, id);
    this.domain = importedDomain(this, props.domain);
    // An imported domain has the endpoint that its importer wrote, with https:// or without.
    this.url = `https://${this.domain.domainEndpoint.replace(/^https:\/\//, '')}`;
    this.dashboardsUrl = props.dashboardsUrl ?? `${this.url}/_dashboards`;
    for (const group of securityGroupsOf(props.domain)) props.network?.letFunctionsCall(group);
  }

  /** Who has to be mapped to `all_access`; known once the set-up was granted. */
  public get setupRoleArn(): string | undefined {
    return this.#setupRoleArn;
  }

  public grantWrite(grantee: lambda.IFunction): void {
    grantDomain(grantee, this.domain.domainArn, WRITE_CALLS);
  }

  public grantSetup(grantee: lambda.IFunction): void {
    grantDomain(grantee, this.domain.domainArn, SETUP_CALLS);
    if (grantee.role === undefined || this.#setupRoleArn !== undefined) return;
    this.#setupRoleArn = grantee.role.roleArn;
    new CfnOutput(this, 'SetupRoleArn', {
      description: 'Map this role to all_access in the domain, if it has fine-grained access control',
      value: this.#setupRoleArn,
    });
  }
}

function securityGroupsOf(domain: opensearch.IDomain): readonly ec2.ISecurityGroup[] {
  if (!(domain instanceof opensearch.Domain)) return [];
  try {
    return domain.connections.securityGroups;
  } catch {
    // A domain outside a VPC has none, and says so by throwing.
    return [];
  }
}
