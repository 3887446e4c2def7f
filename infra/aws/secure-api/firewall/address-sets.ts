/** Keeps an owner's lists of networks where AWS WAF reads them, one set for each family. */
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export type Scope = 'CLOUDFRONT' | 'REGIONAL';

/** Sets of the networks; none for a family without any. */
export function addressSets(
  parent: Construct,
  id: string,
  scope: Scope,
  networks: readonly string[],
): readonly wafv2.CfnIPSet[] {
  const families = [
    ['IPV4', networks.filter((network) => !network.includes(':'))],
    ['IPV6', networks.filter((network) => network.includes(':'))],
  ] as const;
  return families
    .filter(([, addresses]) => addresses.length > 0)
    .map(
      ([family, addresses]) =>
        new wafv2.CfnIPSet(parent, `${id}${family}`, {
          addresses: [...addresses],
          ipAddressVersion: family,
          scope,
        }),
    );
}
