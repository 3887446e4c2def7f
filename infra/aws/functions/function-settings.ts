/** What the collector, the detector and the ticker share in how they are made. */
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { FunctionNetwork } from './pipeline-function.ts';

export interface PipelineFunctionSettings {
  readonly key: kms.IKey;
  /** `/trailgate/<name>/`: the log groups of this deployment. */
  readonly logGroupPrefix: string;
  readonly logRetentionDays: number;
  readonly network: FunctionNetwork | undefined;
}
