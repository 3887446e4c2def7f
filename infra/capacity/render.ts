/** A capacity plan as a table for the terminal. */
import { count, gigabytes, rate, share, usd } from './amounts.ts';
import type { CapacityPlan } from './capacity.ts';
import type { LimitUse } from './limits.ts';
import type { FunctionSizing, StreamSize } from './stream-size.ts';

type Row = readonly [what: string, amount: string, note: string];

export function renderPlan(plan: CapacityPlan): string {
  const { settings, load, index, cost, limits } = plan;
  const head = `${count(settings.requestsPerSecond)} requests/s, ${share(settings.sampleRate)} of the successes in depth, ${settings.region}`;
  const needs: Row[] = [
    ['log lines', `${count(load.linesPerSecond)}/s`, rate(load.bytesPerSecond)],
    ['  of Lambda itself', `${count(load.lines.platform)}/s`, rate(load.bytes.platform)],
    ['function instances', count(Math.ceil(load.instances)), 'of the watched functions'],
    ['log stream', shards(plan.logStream), throughput(plan.logStream)],
    [
      'collector',
      instances(plan.collector),
      `parallelization factor ${plan.collector.parallelizationFactor}`,
    ],
    ['signal stream', shards(plan.signalStream), throughput(plan.signalStream)],
    ['detector', instances(plan.detector), 'one a shard'],
    ['documents', `${count(index.documentsPerSecond)}/s`, rate(index.bytesPerSecond)],
    ['data nodes', count(index.dataNodes), index.instanceType],
    [
      'storage',
      gigabytes(index.storageGb),
      `${count(index.shards)} shards, ${count(index.shardsPerDay)} primaries a day`,
    ],
  ];
  return [
    head,
    '',
    ...columns(needs),
    '',
    'USD a month, were the load always there',
    ...columns(
      cost.items.map((one): Row => [one.part, usd(one.usdPerMonth), `${count(one.quantity)} ${one.unit}`]),
    ),
    ...columns([['total', usd(cost.total), '']]),
    '',
    'limits, the one that bites first at the top',
    ...columns(limits.map(limitRow)),
    '',
    cost.note,
  ].join('\n');
}

function limitRow({ name, used, quota, unit, bitesAt, remedy }: LimitUse): Row {
  const at = bitesAt === undefined ? 'at no load' : `at ${count(bitesAt)} requests/s`;
  const state = used > quota ? 'PASSED' : `${count((used / quota) * 100)} %`;
  return [name, state, `${count(used)} of ${count(quota)} ${unit}; ${at}: ${remedy}`];
}

function shards({ shards: number }: StreamSize): string {
  return `${count(number)} ${number === 1 ? 'shard' : 'shards'}`;
}

function throughput({ recordsPerSecond, bytesPerSecond, setBy }: StreamSize): string {
  return `${count(recordsPerSecond)} records/s, ${rate(bytesPerSecond)}; set by ${setBy}`;
}

function instances({ concurrency }: FunctionSizing): string {
  return `${count(concurrency)} at once`;
}

function columns(rows: readonly Row[]): string[] {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  return rows.map((row) => `  ${row[0].padEnd(width(0))}  ${row[1].padStart(width(1))}  ${row[2]}`.trimEnd());
}
