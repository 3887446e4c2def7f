/** Decides which index a deployment gets by what its caller gave: a domain that exists, a collection, or a domain of its own. */
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { PipelineNetwork } from '../network/pipeline-network.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { Size } from '../sizes/size.ts';
import type { DomainSettings } from './domain-settings.ts';
import { ExistingDomain } from './existing-domain.ts';
import { TrailCollection } from './trail-collection.ts';
import { TrailDomain } from './trail-domain.ts';
import type { TrailIndex } from './trail-index.ts';

export interface IndexChoice {
  /** Of the deployment; 3 to 28 characters where a domain or a collection is made. */
  readonly name: string;
  readonly size: Size;
  readonly key: kms.IKey;
  /** Days that a domain's own logs are kept. */
  readonly logRetentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  /** Where functions and index stand. @default no VPC */
  readonly network?: PipelineNetwork | undefined;
  /** @default a domain of its own */
  readonly existingDomain?: opensearch.IDomain | undefined;
  /** @default the baseline of the size */
  readonly domainProps?: DomainSettings | undefined;
  /** A serverless collection instead of a domain. @default false */
  readonly collection?: boolean | undefined;
  /** See `TrailDomainProps`. @default false */
  readonly createServiceLinkedRole?: boolean | undefined;
}

/** Made under the id `Index`. @throws TrailgatePropsError for what cannot be together, and for a name that is too long */
export function resolveIndex(scope: Construct, choice: IndexChoice): TrailIndex {
  const { existingDomain, domainProps, collection = false, ...common } = choice;
  if (existingDomain !== undefined && domainProps !== undefined) {
    throw new TrailgatePropsError('domainProps', 'none where existingDomain is given', 'both');
  }
  if (existingDomain !== undefined && collection) {
    throw new TrailgatePropsError('collection', 'false where existingDomain is given', 'both');
  }
  if (domainProps !== undefined && collection) {
    throw new TrailgatePropsError('domainProps', 'none where collection is true', 'both');
  }
  if (existingDomain !== undefined) {
    return new ExistingDomain(scope, 'Index', { domain: existingDomain, network: choice.network });
  }
  if (collection) return new TrailCollection(scope, 'Index', common);
  return new TrailDomain(scope, 'Index', { ...common, domainProps });
}
