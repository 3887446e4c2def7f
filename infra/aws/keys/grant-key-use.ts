/** Lets a function's role use a key, only through the services that it calls. */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { dnsSuffix } from '../regions/dns-suffix.ts';

export type KeyUse = 'kms:Decrypt' | 'kms:DescribeKey' | 'kms:Encrypt' | 'kms:GenerateDataKey';

/** Nothing is granted without a key: what is not encrypted with one of the account needs none. */
export function grantKeyUse(
  grantee: iam.IGrantable,
  key: kms.IKey | undefined,
  actions: readonly KeyUse[],
  services: readonly ('dynamodb' | 'kinesis' | 's3' | 'sns' | 'sqs')[],
): void {
  if (key === undefined) return;
  const { region } = Stack.of(key);
  grantee.grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [...actions],
      resources: [key.keyArn],
      conditions: {
        StringEquals: {
          'kms:ViaService': services.map((service) => `${service}.${region}.${dnsSuffix(region)}`),
        },
      },
    }),
  );
}
