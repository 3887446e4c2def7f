/** The key that signs the shop's tokens: it never leaves KMS, and what verifies needs its public half only. */

import type { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acceptFinding } from '../../accepted-finding.ts';

export function tokenKey(scope: Construct, id: string, name: string, removalPolicy: RemovalPolicy): kms.Key {
  const key = new kms.Key(scope, id, {
    alias: `alias/${name}-tokens`,
    description: `Signs the tokens of the API ${name}`,
    keySpec: kms.KeySpec.ECC_NIST_P256,
    keyUsage: kms.KeyUsage.SIGN_VERIFY,
    removalPolicy,
  });
  acceptFinding(key, {
    nag: ['AwsSolutions-KMS5'],
    checkov: ['CKV_AWS_7'],
    cfnNag: ['F19'],
    reason: 'KMS rotates no asymmetric keys.',
  });
  return key;
}
