/** Where documents go, as the rest of the pipeline sees it: a domain of ours, one that exists, or a serverless collection. */
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as aoss from 'aws-cdk-lib/aws-opensearchserverless';

export interface TrailIndex {
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
  /** Lets a function create documents and read what it needs for that; the least that `_bulk` with `create` takes. */
  grantWrite(grantee: lambda.IFunction): void;
  /** Lets the set-up manage templates, indices, policies, roles and saved objects. */
  grantSetup(grantee: lambda.IFunction): void;
}
