/** Takes a size by its name, or one of the caller's own that has all that a preset has and that AWS takes. */
import { INDEX_PRESETS } from '@trailgate/collectors/schema';
import { described } from './described.ts';
import { logRetention } from './functions/log-retention.ts';
import { isObject, knownMembers } from './known-members.ts';
import { TrailgatePropsError } from './props-error.ts';
import { checkCluster } from './search/cluster-check.ts';
import { SIZES } from './sizes/presets.ts';
import type { Size } from './sizes/size.ts';

type Range = readonly [least: number, most: number];

const ANY: Range = [1, Number.MAX_SAFE_INTEGER];
/** MB that Lambda takes. */
const MEMORY: Range = [128, 10_240];
const BATCH: Range = [1, 10_000];
/** Seconds that an event source mapping waits. */
const WINDOW: Range = [0, 300];

/** By the paths of a size; what is not here is checked with what it has to fit to. */
const RANGES: Readonly<Record<string, Range>> = {
  'size.logShards': ANY,
  'size.signalShards': ANY,
  // Kinesis.
  'size.streamRetentionHours': [24, 8_760],
  'size.collector.memory': MEMORY,
  'size.collector.reservedConcurrency': ANY,
  'size.collector.batchSize': BATCH,
  'size.collector.batchingWindow': WINDOW,
  'size.collector.parallelizationFactor': [1, 10],
  'size.detector.memory': MEMORY,
  'size.detector.reservedConcurrency': ANY,
  'size.detector.batchSize': BATCH,
  'size.detector.batchingWindow': WINDOW,
  'size.ticker.memory': MEMORY,
  'size.ticker.ticksPerMinute': [1, 60],
  // GB; OpenSearch Service has no smaller gp3 volume.
  'size.search.volumeGb': [10, 24_576],
};

/** @throws TrailgatePropsError */
export function checkSize(size: Size | keyof typeof SIZES): Size {
  if (typeof size === 'string') {
    if (Object.hasOwn(SIZES, size)) return SIZES[size];
    const expected = `one of ${Object.keys(SIZES).join(', ')}, or a Size`;
    throw new TrailgatePropsError('size', expected, described(size));
  }
  checkLike('size', SIZES.small, size);
  const { network, search } = size;
  if (network !== 'public' && network !== 'private') {
    throw new TrailgatePropsError('size.network', "'public' or 'private'", described(network));
  }
  if (!Object.hasOwn(INDEX_PRESETS, search.indices)) {
    const expected = `one of ${Object.keys(INDEX_PRESETS).join(', ')}`;
    throw new TrailgatePropsError('size.search.indices', expected, described(search.indices));
  }
  checkCluster(search, (member) => `size.search.${member}`);
  logRetention('size.logRetentionDays', size.logRetentionDays);
  return size;
}

function checkLike(path: string, preset: object, given: unknown): void {
  const fields = knownMembers(path, given, Object.keys(preset));
  for (const [field, like] of Object.entries(preset)) {
    const at = `${path}.${field}`;
    const value = fields[field];
    if (isObject(like)) checkLike(at, like, value);
    else if (typeof like === 'number') checkNumber(at, value);
    else if (typeof value !== 'string') throw new TrailgatePropsError(at, 'a text', described(value));
  }
}

function checkNumber(at: string, value: unknown): void {
  const [least, most] = RANGES[at] ?? [0, Number.MAX_SAFE_INTEGER];
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
  const upTo = most === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${most}`;
  throw new TrailgatePropsError(at, `a whole number, ${least}${upTo}`, described(value));
}
