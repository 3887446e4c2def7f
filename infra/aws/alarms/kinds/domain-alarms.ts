/** Alarms on an OpenSearch Service domain: those that AWS recommends, with thresholds for a pipeline that must not stop. */
import type { AlarmKind, Statistic } from '../alarm-kind.ts';

const UNSAID = 'a domain says this every minute while it is well, and its collector has alarms of its own';
const ONLY_WHEN_BROKEN = 'the domain says this only when there is such a fault';

function said(name: string, statistic: Statistic): AlarmKind['metric'] {
  return { namespace: 'AWS/ES', name, statistic, dimensions: ['DomainName', 'ClientId'] };
}

type Words = Pick<AlarmKind, 'id' | 'metric' | 'means' | 'risk' | 'first'> & Partial<AlarmKind>;

function kind(words: Words): AlarmKind {
  return {
    part: 'domain',
    comparison: '>=',
    threshold: { value: 1 },
    period: 60,
    periods: [1, 1],
    missing: 'notBreaching',
    whyMissing: UNSAID,
    losesData: false,
    ...words,
  };
}

export const DOMAIN_ALARMS: readonly AlarmKind[] = [
  kind({
    id: 'domain-red',
    metric: said('ClusterStatus.red', 'Maximum'),
    means: 'At least one primary shard is on no node.',
    risk: 'Its documents cannot be found and none can be added; without a replica or snapshot they are lost.',
    first: '`_cluster/allocation/explain`; a full disk and a lost single node are the usual causes.',
    losesData: true,
  }),
  kind({
    id: 'domain-yellow',
    metric: said('ClusterStatus.yellow', 'Maximum'),
    periods: [15, 15],
    means: 'For a quarter of an hour replicas have been on no node.',
    risk: 'One more lost node, and their documents are lost.',
    first:
      'Fewer nodes than copies? A node missing? `_cat/shards?h=index,shard,prirep,state,unassigned.reason`.',
  }),
  kind({
    id: 'domain-writes-blocked',
    metric: said('ClusterIndexWritesBlocked', 'Maximum'),
    period: 300,
    means: 'The domain refuses writes: too little storage, or too little memory.',
    risk: 'All documents wait on the log stream until its retention ends.',
    first: 'Give nodes more storage, or delete the oldest business indices; the block goes by itself.',
    losesData: true,
  }),
  kind({
    id: 'domain-storage',
    metric: said('FreeStorageSpace', 'Minimum'),
    comparison: '<=',
    // MB; AWS recommends a quarter of a node's storage, and 20 GB where that is not known.
    threshold: { share: 0.25, of: 'volume of a node', otherwise: 20_480 },
    periods: [5, 5],
    means: 'A node has less than a quarter of its storage left.',
    risk: 'Writes are blocked when it is full.',
    first: 'More storage a node, or fewer days of business indices.',
  }),
  kind({
    id: 'domain-snapshot-failed',
    metric: said('AutomatedSnapshotFailure', 'Maximum'),
    means: 'The hourly snapshot of the domain failed.',
    risk: 'After a loss of nodes the domain comes back older than an hour.',
    first: '`_snapshot/cs-automated-enc/_all`; a red index is the usual cause.',
  }),
  kind({
    id: 'domain-cpu',
    metric: said('CPUUtilization', 'Maximum'),
    threshold: { value: 80 },
    period: 900,
    periods: [3, 3],
    means: 'A data node has used more than 80 % of its CPU for three quarters of an hour.',
    risk: 'Bulk calls become slow, then are refused; the collector falls behind.',
    first: 'Which queries run? A larger instance type, or more nodes.',
  }),
  kind({
    id: 'domain-memory',
    metric: said('JVMMemoryPressure', 'Maximum'),
    threshold: { value: 95 },
    periods: [3, 3],
    means: 'The Java heap of a data node is used to 95 %.',
    risk: 'From there on the domain refuses requests, and may lose the node.',
    first: 'Fewer shards or smaller aggregations now, then a larger instance type.',
  }),
  kind({
    id: 'domain-nodes',
    metric: said('Nodes', 'Minimum'),
    comparison: '<',
    threshold: { share: 1, of: 'number of nodes' },
    period: 300,
    periods: [3, 3],
    means: 'Fewer nodes are in the domain than it has for a quarter of an hour.',
    risk: 'Copies are missing; a single-node domain takes nothing.',
    first: 'AWS replaces a failed node by itself; open a support case when it does not within an hour.',
  }),
  kind({
    id: 'domain-master-unreachable',
    metric: said('MasterReachableFromNode', 'Minimum'),
    comparison: '<',
    periods: [5, 5],
    means: 'Nodes cannot reach the master node, or there is none.',
    risk: 'No index can be made: the first document of a new day is refused.',
    first: 'Open a support case; meanwhile documents wait on the stream.',
    losesData: true,
  }),
  kind({
    id: 'domain-key-error',
    metric: said('KMSKeyError', 'Maximum'),
    whyMissing: ONLY_WHEN_BROKEN,
    means: 'The key that encrypts the domain is disabled.',
    risk: 'The domain stops; enable the key, or its data is lost.',
    first: 'Enable the key in KMS now.',
    losesData: true,
  }),
  kind({
    id: 'domain-key-inaccessible',
    metric: said('KMSKeyInaccessible', 'Maximum'),
    whyMissing: ONLY_WHEN_BROKEN,
    means: 'The key that encrypts the domain is deleted, or its grants are.',
    risk: 'The domain cannot be recovered except from snapshots taken by hand.',
    first: 'Cancel the deletion of the key now; it waits at least seven days.',
    losesData: true,
  }),
  kind({
    id: 'domain-master-cpu',
    part: 'master nodes',
    metric: said('MasterCPUUtilization', 'Maximum'),
    threshold: { value: 50 },
    period: 900,
    periods: [3, 3],
    means: 'A master node has used more than half of its CPU for three quarters of an hour.',
    risk: 'The cluster becomes unstable: nodes drop out, indices are made late.',
    first: 'Fewer shards, or a larger type for the master nodes.',
  }),
  kind({
    id: 'domain-master-memory',
    part: 'master nodes',
    metric: said('MasterJVMMemoryPressure', 'Maximum'),
    threshold: { value: 95 },
    periods: [3, 3],
    means: 'The Java heap of a master node is used to 95 %.',
    risk: 'The cluster may lose its master.',
    first: 'Fewer shards, or a larger type for the master nodes.',
  }),
];
