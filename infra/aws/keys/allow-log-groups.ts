/** Lets CloudWatch Logs encrypt with a key, for log groups of given names and no others. */
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { dnsSuffix } from '../regions/dns-suffix.ts';

/** Names per key that are allowed already: many functions share the prefix of a deployment. */
const allowed = new WeakMap<kms.IKey, Set<string>>();

/**
 * `logGroups` is a name, or the beginning of names with `*` at its end. The policy of a key that was imported by its ARN
 * cannot be changed here: it has to say the same already.
 */
export function allowLogGroups(key: kms.IKey, scope: Construct, logGroups: string): void {
  const known = allowed.get(key) ?? new Set<string>();
  allowed.set(key, known);
  if ([...known].some((name) => covers(name, logGroups))) return;
  known.add(logGroups);
  const { region, account, partition } = Stack.of(scope);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${region}.${dnsSuffix(region)}`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:${logGroups}`,
        },
      },
    }),
    true,
  );
}

function covers(pattern: string, name: string): boolean {
  return pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)));
}
