/** Which quota a growing load meets first: each with what is used of it, and the load at which it is used up. */
import { type CapacityInput, type CapacitySettings, capacitySettings } from './capacity-input.ts';
import { type Sizing, sizingOf } from './size.ts';
import { SHARD_BYTES } from './stream-size.ts';

export interface LimitUse {
  readonly name: string;
  readonly used: number;
  readonly quota: number;
  readonly unit: string;
  /** Requests a second at which it is used up, everything else staying as it is; undefined where no load does so. */
  readonly bitesAt: number | undefined;
  /** What to do then. */
  readonly remedy: string;
  readonly source: string;
}

interface Limit extends Omit<LimitUse, 'used' | 'bitesAt' | 'quota'> {
  readonly quota: (region: string) => number;
  readonly use: (sizing: Sizing, settings: CapacitySettings) => number;
}

/** Regions with the higher quota of shards. */
const LARGE_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];
const MOST_RPS = 100_000_000;

/** Default quotas of an account in one region. */
const LIMITS: readonly Limit[] = [
  {
    name: 'API Gateway requests',
    unit: '/s',
    quota: () => 10_000,
    use: (_sizing, { requestsPerSecond }) => requestsPerSecond,
    remedy: 'ask for more, or spread over regions',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  },
  {
    name: 'Lambda concurrency',
    unit: 'instances',
    quota: () => 1_000,
    use: ({ load, collector, detector }) => load.instances + collector.concurrency + detector.concurrency,
    remedy: 'ask for more; the pipeline reserves its own',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  {
    name: 'PutLogEvents',
    unit: 'calls/s',
    quota: () => 5_000,
    // Whether what Lambda sends for functions counts is not documented: taken as if it did.
    use: ({ load }) => load.recordsPerSecond,
    remedy: 'ask for more',
    source: 'https://docs.aws.amazon.com/general/latest/gr/cwl_region.html',
  },
  {
    name: 'Kinesis shards',
    unit: 'shards',
    quota: (region) => (LARGE_REGIONS.includes(region) ? 20_000 : 1_000),
    use: ({ logStream, signalStream }) => logStream.shards + signalStream.shards,
    remedy: 'ask for more, or a pipeline a region',
    source: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
  },
  {
    name: 'One service on one signal shard',
    unit: 'bytes/s',
    quota: () => SHARD_BYTES,
    use: ({ busiestKeyBytes }) => busiestKeyBytes,
    remedy: 'more services, each with a name of its own; fewer, busier instances',
    source: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
  },
  {
    name: 'OpenSearch data nodes of the largest type',
    unit: 'nodes',
    quota: () => 80,
    use: ({ index }) => index.largestNodes,
    remedy: 'ask for more (to 1,002), keep fewer days, sample less',
    source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html',
  },
  {
    name: 'DynamoDB writes of a table',
    unit: 'units/s',
    quota: () => 40_000,
    use: ({ limiterWrites }) => limiterWrites,
    remedy: 'ask for more',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  },
  {
    name: 'S3 writes of snapshots',
    unit: 'PUT/s',
    quota: () => 3_500,
    use: ({ signalStream }) => signalStream.shards,
    remedy: 'S3 splits the prefix by itself as the rate grows slowly',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
  },
];

/** The one that bites first comes first. */
export function limitsOf(input: CapacityInput): readonly LimitUse[] {
  const settings = capacitySettings(input);
  const sizing = sizingOf(settings);
  return LIMITS.map(({ use, quota: quotaOf, ...limit }) => {
    const quota = quotaOf(settings.region);
    const usedAt = (rps: number): number => {
      const at = capacitySettings(scaled(input, rps));
      return use(sizingOf(at), at);
    };
    return { ...limit, quota, used: use(sizing, settings), bitesAt: firstAbove(quota, usedAt) };
  }).toSorted((one, other) => (one.bitesAt ?? Infinity) - (other.bitesAt ?? Infinity));
}

/** The same mix at another load: given instances grow with it. */
function scaled(input: CapacityInput, requestsPerSecond: number): CapacityInput {
  const { instances, requestsPerSecond: now } = input;
  if (instances === undefined) return { ...input, requestsPerSecond };
  return {
    ...input,
    requestsPerSecond,
    instances: now === 0 ? instances : Math.min(1e9, (instances / now) * requestsPerSecond),
  };
}

/** The least whole number at which more than the quota is used: use only grows with the load. */
function firstAbove(quota: number, used: (rps: number) => number): number | undefined {
  if (used(MOST_RPS) <= quota) return undefined;
  let low = 0;
  let high = MOST_RPS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (used(middle) > quota) high = middle;
    else low = middle;
  }
  return high;
}
