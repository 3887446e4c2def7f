/** Data nodes, shards and storage of the domain. */
import type { CapacitySettings } from './capacity-input.ts';
import type { Load } from './load.ts';
import { BYTES } from './measured.ts';

export interface IndexSize {
  readonly documentsPerSecond: number;
  /** Of document sources, once each. */
  readonly bytesPerSecond: number;
  /** Primary shards of a day's indices. */
  readonly shardsPerDay: number;
  /** All that are open at once, replicas among them. */
  readonly shards: number;
  readonly storageGb: number;
  readonly dataNodes: number;
  readonly instanceType: string;
  readonly masterNodes: number;
  readonly masterInstanceType: string;
  /** Data nodes that would do if all were of the largest type of the plan. */
  readonly largestNodes: number;
}

const GB = 1e9;
const SECONDS_A_DAY = 86_400;
/** AWS advises 30 to 50 GB for logs. */
const SHARD_GB = 40;
/** Index 10 %, file system 5 %, and 20 % that the service keeps: AWS, "Sizing OpenSearch Service domains". */
const STORAGE_OVERHEAD = 1.45;
/**
 * Bytes of documents a second that a vCPU of a data node indexes, copies counted. Assumed, at about half of what public
 * benchmarks of log indexing show: nothing of this kind was measured for this page.
 */
const INDEX_BYTES_A_VCPU = 2_000_000;
/** GB of gp3 a vCPU that the plan attaches; every type below takes more. */
const VOLUME_GB_A_VCPU = 256;
/** Open shards of a data node; OpenSearch's `cluster.max_shards_per_node`. */
const NODE_SHARDS = 1_000;
const LEAST_NODES = 3;
/** More nodes than this of one type, and the plan takes the next larger. */
const MANY_NODES = 30;
const LARGEST = ['r7g.12xlarge.search', 48] as const;
const NODE_TYPES = [
  ['r7g.large.search', 2],
  ['r7g.xlarge.search', 4],
  ['r7g.2xlarge.search', 8],
  ['r7g.4xlarge.search', 16],
  ['r7g.8xlarge.search', 32],
  LARGEST,
] as const;
/** Data nodes up to which a type of master does; AWS, "Dedicated master nodes". */
const MASTER_TYPES = [
  [10, 'm7g.large.search'],
  [30, 'm7g.xlarge.search'],
  [75, 'm7g.2xlarge.search'],
  [Number.POSITIVE_INFINITY, 'm7g.4xlarge.search'],
] as const;

export function indexSize({ lines, bytes }: Load, settings: CapacitySettings): IndexSize {
  const copies = 1 + settings.replicas;
  const business = (bytes.log + bytes.request + bytes.rollup) * BYTES.documentRatio;
  const trail = bytes.trail * BYTES.documentRatio;
  const perDay = (bytesPerSecond: number) => (bytesPerSecond * SECONDS_A_DAY) / GB;
  const shardsOf = (bytesPerSecond: number) => Math.max(1, Math.ceil(perDay(bytesPerSecond) / SHARD_GB));
  const shards = (shardsOf(business) * settings.businessDays + shardsOf(trail) * settings.trailDays) * copies;
  const storageGb =
    (perDay(business) * settings.businessDays + perDay(trail) * settings.trailDays) *
    copies *
    STORAGE_OVERHEAD;
  const vcpus = Math.max(((business + trail) * copies) / INDEX_BYTES_A_VCPU, storageGb / VOLUME_GB_A_VCPU);
  const nodesOf = (vcpusOfNode: number) =>
    Math.max(LEAST_NODES, Math.ceil(vcpus / vcpusOfNode), Math.ceil(shards / NODE_SHARDS));
  const [instanceType, nodeVcpus] = NODE_TYPES.find(([, of]) => nodesOf(of) <= MANY_NODES) ?? LARGEST;
  const dataNodes = nodesOf(nodeVcpus);
  return {
    documentsPerSecond: lines.log + lines.request + lines.rollup + lines.trail,
    bytesPerSecond: business + trail,
    shardsPerDay: shardsOf(business) + shardsOf(trail),
    shards,
    storageGb,
    dataNodes,
    instanceType,
    masterNodes: 3,
    masterInstanceType: MASTER_TYPES.find(([nodes]) => dataNodes <= nodes)?.[1] ?? 'm7g.4xlarge.search',
    largestNodes: nodesOf(LARGEST[1]),
  };
}
