/** Checks that the nodes of a domain fit together, before the service refuses them. */
import { described } from '../described.ts';
import { TrailgatePropsError } from '../props-error.ts';

export interface Cluster {
  readonly dataNodes: number;
  /** 0: none. */
  readonly masterNodes: number;
  readonly dataInstanceType: string;
  readonly masterInstanceType: string;
  readonly zones: number;
}

/**
 * OpenSearch Service: three zones take three nodes or more, two an even number; masters are 3, 5 or more. `at` says where the
 * caller wrote a member.
 * @throws TrailgatePropsError
 */
export function checkCluster(cluster: Cluster, at: (member: keyof Cluster) => string): void {
  const { dataNodes, masterNodes, zones } = cluster;
  const refuse = (member: keyof Cluster, expected: string): never => {
    throw new TrailgatePropsError(at(member), expected, described(cluster[member]));
  };
  for (const member of ['dataNodes', 'masterNodes'] as const) {
    if (!Number.isInteger(cluster[member]) || cluster[member] < 0) refuse(member, 'a whole number');
  }
  for (const member of ['dataInstanceType', 'masterInstanceType'] as const) {
    const type: unknown = cluster[member];
    if (typeof type !== 'string' || !/^[a-z]\w*\.\w+\.search$/.test(type)) {
      refuse(member, 'a type of OpenSearch Service such as m7g.large.search');
    }
  }
  if (![1, 2, 3].includes(zones)) refuse('zones', '1, 2 or 3');
  if (dataNodes < zones) refuse('dataNodes', `at least ${zones}, one in each zone`);
  if (zones === 2 && dataNodes % 2 !== 0) refuse('dataNodes', 'an even number in two zones');
  if (masterNodes !== 0 && (masterNodes < 3 || masterNodes === 4)) refuse('masterNodes', '0, 3 or 5');
}
