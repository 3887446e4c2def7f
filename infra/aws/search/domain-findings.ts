/** Says why a domain of ours is as it is, where a check would have it otherwise. */
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { acceptFinding } from '../accepted-finding.ts';
import type { Size } from '../sizes/size.ts';

export function acceptDomainFindings(domain: opensearch.Domain, { search }: Size, inNetwork: boolean): void {
  const accept = (id: string, reason: string): void =>
    acceptFinding(domain, { nag: [`AwsSolutions-${id}`], reason });
  accept(
    'OS3',
    'Callers are known by their signature: the policy names the role of each function, which no address stands for; in a network, a security group lets only those functions in.',
  );
  if (!inNetwork) {
    accept(
      'OS1',
      'Asked for without a network: no call is answered that is not signed by a named role, over TLS 1.2 or newer.',
    );
  }
  if (search.masterNodes === 0) {
    accept(
      'OS4',
      `Size of ${search.dataNodes} data node(s) for trying it out: masters would cost more than the data.`,
    );
  }
  if (search.zones === 1) {
    accept(
      'OS7',
      'Size of one zone for trying it out: its documents come again from the stream and the log groups.',
    );
  }
}
