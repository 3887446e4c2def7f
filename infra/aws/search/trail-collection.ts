/** An OpenSearch Serverless collection for the pipeline, of the kind that takes ids of ours. */
import type { Channel } from '@trailgate/sdk/wire';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as aoss from 'aws-cdk-lib/aws-opensearchserverless';
import { Lazy, type RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { closedGroup } from '../network/closed-group.ts';
import type { PipelineNetwork } from '../network/pipeline-network.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { Size } from '../sizes/size.ts';
import {
  type CollectionGrant,
  type CollectionRule,
  dataPolicy,
  encryptionPolicy,
  networkPolicy,
  retentionRules,
  setupRules,
  writerRules,
} from './collection-policies.ts';
import { searchName } from './search-name.ts';
import type { TrailIndex } from './trail-index.ts';

export interface TrailCollectionProps {
  /** Of the deployment: the collection and its policies have it too, 3 to 28 characters. */
  readonly name: string;
  readonly size: Size;
  readonly key: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** Reached through an endpoint in the network only, by people too. @default from anywhere, by who is named */
  readonly network?: PipelineNetwork | undefined;
}

/**
 * Of type SEARCH, because a replay must meet the first copy of a document by its id, and a time series collection makes
 * ids itself. That has a price:
 *
 * - The search collections of an account may hold 20 indices together ("Indexes within search collections per account" of
 *   OpenSearch Serverless in the quotas of the developer guide; the account's own number is in Service Quotas). So an index is of
 *   a month: two a month, and two more where documents come whose clock is wrong. Beyond the quota the first document of a
 *   month is refused, and waits in the stream for as long as that keeps it.
 * - Lifecycle policies are for time series only. `RetentionFunction` takes their place: once a day it deletes what is over, so that
 *   **the oldest data goes by whole months**: a document lives for its days and at most a month more.
 * - There are no roles and no monitors, and the set-up has no right to Dashboards, which is given apart: import them by hand.
 */
export class TrailCollection extends Construct implements TrailIndex {
  public readonly domain = undefined;
  public readonly collection: aoss.CfnCollection;
  public readonly service = 'aoss';
  public readonly url: string;
  public readonly dashboardsUrl: string;
  public readonly encryptionPolicy: aoss.CfnSecurityPolicy;
  public readonly networkPolicy: aoss.CfnSecurityPolicy;
  /** Names each function's role with what it may do. */
  public readonly accessPolicy: aoss.CfnAccessPolicy;
  /** In a network only. */
  public readonly vpcEndpoint: aoss.CfnVpcEndpoint | undefined;
  public readonly securityGroup: ec2.SecurityGroup | undefined;
  readonly #name: string;
  readonly #grants: CollectionGrant[] = [];

  constructor(scope: Construct, id: string, props: TrailCollectionProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const name = searchName('name', props.name, 'collection');
    this.#name = name;
    const { network } = props;
    if (network !== undefined) {
      const { vpc } = network;
      this.securityGroup = closedGroup(
        this,
        'SecurityGroup',
        vpc,
        'Trailgate index: HTTPS from the functions',
      );
      network.letFunctionsCall(this.securityGroup);
      this.vpcEndpoint = new aoss.CfnVpcEndpoint(this, 'VpcEndpoint', {
        name,
        vpcId: vpc.vpcId,
        subnetIds: network.selected.subnetIds,
        securityGroupIds: [this.securityGroup.securityGroupId],
      });
    }
    this.encryptionPolicy = new aoss.CfnSecurityPolicy(this, 'EncryptionPolicy', {
      name,
      type: 'encryption',
      policy: stack.toJsonString(encryptionPolicy(name, props.key.keyArn)),
    });
    this.networkPolicy = new aoss.CfnSecurityPolicy(this, 'NetworkPolicy', {
      name,
      type: 'network',
      policy: stack.toJsonString(networkPolicy(name, this.vpcEndpoint ? [this.vpcEndpoint.ref] : [])),
    });
    this.collection = new aoss.CfnCollection(this, 'Collection', {
      name,
      type: 'SEARCH',
      description: 'Trailgate: business documents and the security trail',
      // Copies in a second zone double the units that are paid for.
      standbyReplicas: props.size.search.zones === 1 ? 'DISABLED' : 'ENABLED',
    });
    // It cannot be made before something says how it is encrypted.
    this.collection.node.addDependency(this.encryptionPolicy, this.networkPolicy);
    this.accessPolicy = new aoss.CfnAccessPolicy(this, 'AccessPolicy', {
      name,
      type: 'data',
      policy: stack.toJsonString(Lazy.any({ produce: () => dataPolicy(this.#grants) })),
    });
    // A collection that outlives its stack is of no use without them.
    for (const kept of [this.collection, this.encryptionPolicy, this.networkPolicy, this.accessPolicy]) {
      kept.applyRemovalPolicy(props.removalPolicy);
    }
    this.url = this.collection.attrCollectionEndpoint;
    this.dashboardsUrl = this.collection.attrDashboardEndpoint;
    this.node.addValidation({
      validate: () =>
        this.#grants.length === 0 ? ['The collection lets nobody in: grantSetup and grantWrite do.'] : [],
    });
  }

  public grantWrite(grantee: lambda.IFunction, channels: readonly Channel[] = ['business', 'trail']): void {
    this.#grant('grantWrite', grantee, writerRules(this.#name, channels));
  }

  public grantSetup(grantee: lambda.IFunction): void {
    this.#grant('grantSetup', grantee, setupRules(this.#name));
  }

  /** Lets a function name the indices of documents and delete them. */
  public grantRetention(grantee: lambda.IFunction): void {
    this.#grant('grantRetention', grantee, retentionRules(this.#name));
  }

  /** The data policy says what; IAM has one action for all calls at a collection. */
  #grant(what: string, grantee: lambda.IFunction, rules: readonly CollectionRule[]): void {
    if (grantee.role === undefined) {
      throw new TrailgatePropsError(what, 'a function with a role', 'one without');
    }
    this.#grants.push({ principalArn: grantee.role.roleArn, rules });
    grantee.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['aoss:APIAccessAll'],
        resources: [this.collection.attrArn],
      }),
    );
  }
}
