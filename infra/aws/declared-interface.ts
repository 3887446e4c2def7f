/** Takes a resource of CDK by its interface, which its class implements but for optional members that are typed looser. */
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';

type Loose<I> = { readonly [K in keyof I]: I[K] | undefined };

export function bucketOf(bucket: s3.IBucket | s3.Bucket): s3.IBucket {
  return bucket as Loose<s3.IBucket> as s3.IBucket;
}

export function tableOf(table: dynamodb.ITable | dynamodb.Table | dynamodb.TableV2): dynamodb.ITable {
  return table as Loose<dynamodb.ITable> as dynamodb.ITable;
}

export function vpcOf(vpc: ec2.IVpc | ec2.Vpc): ec2.IVpc {
  return vpc as Loose<ec2.IVpc> as ec2.IVpc;
}

/** Versions, aliases and singletons are not quite one. */
export type AnyFunction = lambda.IFunction | lambda.Version | lambda.Alias | lambda.SingletonFunction;

export function functionOf(fn: AnyFunction): lambda.IFunction {
  return fn as Loose<lambda.IFunction> as lambda.IFunction;
}
