/** Lets a function put records on a stream. */
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { grantKeyUse } from '../keys/grant-key-use.ts';

/** `others` are asked of the same stream: a ticker has to know its shards. */
export function grantPutRecords(
  fn: lambda.Function,
  stream: kinesis.IStream,
  others: readonly 'kinesis:ListShards'[] = [],
): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['kinesis:PutRecords', ...others], resources: [stream.streamArn] }),
  );
  grantKeyUse(fn, stream.encryptionKey, ['kms:GenerateDataKey'], ['kinesis']);
}
