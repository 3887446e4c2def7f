/** Where documents go, as the rest of the pipeline sees it: a domain of ours, one that exists, or a serverless collection. */
import type { Channel } from '@trailgate/sdk/wire';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as aoss from 'aws-cdk-lib/aws-opensearchserverless';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type { IConstruct } from 'constructs';

/** What calls the index during a deployment depends on the whole construct: its policies have to be there, too. */
export interface TrailIndex extends IConstruct {
  /** `https://…`, without a slash at its end; may be a token. */
  readonly url: string;
  /** Service name of the signature. */
  readonly service: 'es' | 'aoss';
  /** For people; undefined where nothing tells it. */
  readonly dashboardsUrl: string | undefined;
  /** Where it is a domain, ours or an existing one. */
  readonly domain: opensearch.IDomain | undefined;
  /** Where it is a collection of ours. */
  readonly collection: aoss.CfnCollection | undefined;
  /**
   * Lets a function create documents and read what it needs for that; the least that `_bulk` with `create` takes.
   * `channels`: a collection holds to them; a domain tells them apart by the roles of its own. @default both
   */
  grantWrite(grantee: lambda.IFunction, channels?: readonly Channel[]): void;
  /** Lets the set-up manage templates, indices, policies, roles and saved objects; of one function. */
  grantSetup(grantee: lambda.IFunction): void;
}
