/** What every bucket of ours is, whatever it keeps: closed to the public, and to connections that could be read. */
import * as s3 from 'aws-cdk-lib/aws-s3';

export const PRIVATE_BUCKET = {
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
} as const satisfies s3.BucketProps;
