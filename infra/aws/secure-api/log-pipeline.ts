/** What an API needs of the pipeline that it logs into; a `Trailgate` is one. */
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

export interface LogPipeline {
  /** Sends the lines of functions and log groups to the pipeline. */
  watch(...targets: (lambda.IFunction | logs.ILogGroup)[]): void;
  /** Has the client's address read from a header in the log of a regional web ACL, before which a proxy writes it. */
  trustClientAddress(webAclName: string, header: string): void;
  /** Lets a function read caps and lease tokens, and tells it where. */
  grantLimits(fn: lambda.IFunction): void;
}
