/** What a plan costs a month at list prices, part by part; the watched API itself is not in it. */
import { type CostItem, GB, HOURS_A_MONTH, item, nodeItem } from '../cost/cost-item.ts';
import { lambdaLogItems } from '../cost/parts/lambda-log-items.ts';
import { type PriceList, priceList } from '../cost/price-list.ts';
import { SECONDS_A_MONTH } from '../cost/traffic.ts';
import { vcpuShare } from '../cost/vcpu-share.ts';
import type { CapacitySettings } from './capacity-input.ts';
import type { Sizing } from './size.ts';

export interface PlanCost {
  /** Dearest first. */
  readonly items: readonly CostItem[];
  /** USD a month. */
  readonly total: number;
  readonly note: string;
}

/** CloudWatch Logs adds these bytes to each line, and keeps lines at about this share of their size. */
const LINE_OVERHEAD = 26;
const STORED_SHARE = 0.15;
const STORED_DAYS = 30;
/** Seconds that an invocation waits for index and stream; a shard gives a batch a second. */
const WAITS = 0.08;
const PAYLOAD_UNIT = 25_000;
const HOURS_INCLUDED = 24;
const DAYS_A_MONTH = HOURS_A_MONTH / 24;

/** The peak is paid for all month: a load that breathes costs less in the parts that grow with it. */
export function planCost(sizing: Sizing, settings: CapacitySettings): PlanCost {
  const prices = priceList(settings.region);
  const items = [
    ...logItems(sizing, prices),
    ...streamItems(sizing, settings, prices),
    ...functionItems(sizing, settings, prices),
    ...indexItems(sizing, prices),
    item(
      prices,
      'DynamoDB writes of the limiter',
      monthly(sizing.limiterWrites) / 1e6,
      'million units',
      'dynamodb.writes',
    ),
    item(
      prices,
      'DynamoDB reads of the limiter',
      monthly(sizing.limiterReads) / 1e6,
      'million units',
      'dynamodb.reads',
    ),
    item(
      prices,
      'S3 snapshots written',
      monthly(sizing.signalStream.shards) / 1e3,
      'thousand requests',
      's3.puts',
    ),
  ].toSorted((one, other) => other.usdPerMonth - one.usdPerMonth);
  return { items, total: items.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0), note: prices.note };
}

function logItems({ load }: Sizing, prices: PriceList): CostItem[] {
  const { bytes, lines } = load;
  const platform = monthly(bytes.platform + lines.platform * LINE_OVERHEAD);
  const all = monthly(load.bytesPerSecond + load.linesPerSecond * LINE_OVERHEAD);
  const logged = { sdkBytes: all - platform, platformBytes: platform, ownBytes: 0 };
  const stored = (all / GB / DAYS_A_MONTH) * STORED_DAYS * STORED_SHARE;
  return [
    ...lambdaLogItems(logged, prices).filter(({ quantity }) => quantity > 0),
    item(prices, 'Log lines, kept', stored, 'GB', 'logs.storedGb'),
  ];
}

function streamItems(
  { logStream, signalStream }: Sizing,
  settings: CapacitySettings,
  prices: PriceList,
): CostItem[] {
  const hours = (logStream.shards + signalStream.shards) * HOURS_A_MONTH;
  const units = [logStream, signalStream].reduce(
    (sum, { recordsPerSecond, bytesPerSecond }) =>
      sum + Math.max(recordsPerSecond, bytesPerSecond / PAYLOAD_UNIT),
    0,
  );
  return [
    item(prices, 'Kinesis shards', hours, 'shard hours', 'kinesis.shardHour'),
    ...(settings.retentionHours > HOURS_INCLUDED
      ? [item(prices, 'Kinesis retention over a day', hours, 'shard hours', 'kinesis.extendedShardHour')]
      : []),
    item(prices, 'Kinesis records', monthly(units) / 1e6, 'million units', 'kinesis.putUnits'),
  ];
}

function functionItems(
  { collector, detector }: Sizing,
  { memory }: CapacitySettings,
  prices: PriceList,
): CostItem[] {
  const share = vcpuShare(memory);
  const gbSeconds = ({ cpus, concurrency }: Sizing['collector']) =>
    monthly(cpus / share + concurrency * WAITS) * (memory / 1_024);
  return [
    item(prices, 'Lambda collector', gbSeconds(collector), 'GB seconds', 'lambda.gbSecond'),
    item(prices, 'Lambda detector', gbSeconds(detector), 'GB seconds', 'lambda.gbSecond'),
    item(
      prices,
      'Lambda requests',
      monthly(collector.concurrency + detector.concurrency) / 1e6,
      'million requests',
      'lambda.requests',
    ),
  ];
}

function indexItems({ index }: Sizing, prices: PriceList): CostItem[] {
  const nodes = (part: string, count: number, type: string): CostItem =>
    nodeItem(part, count, type, prices.instanceHour(type) ?? 0);
  return [
    nodes('OpenSearch data nodes', index.dataNodes, index.instanceType),
    nodes('OpenSearch master nodes', index.masterNodes, index.masterInstanceType),
    item(prices, 'OpenSearch storage', index.storageGb, 'GB of gp3', 'opensearch.gp3Gb'),
  ];
}

function monthly(perSecond: number): number {
  return perSecond * SECONDS_A_MONTH;
}
