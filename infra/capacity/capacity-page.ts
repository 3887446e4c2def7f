/** The tables of docs/capacity.md, made by the formulas: a test holds the page to them. */
import { count, gigabytes, rate, share, usd } from './amounts.ts';
import { capacity } from './capacity.ts';
import type { LineKind } from './measure/instance.ts';
import { BYTES, RATES } from './measured.ts';

const LOADS = [100, 1_000, 10_000, 50_000, 100_000, 1_000_000] as const;
export const SAMPLE_RATES = [0.01, 0.1, 1] as const;

export interface CapacityPage {
  readonly measured: string;
  readonly plans: string;
  readonly limits: string;
  readonly dearest: string;
}

export function capacityPage(): CapacityPage {
  return {
    measured: measuredTable(),
    plans: plansTable(),
    limits: limitsTable(),
    dearest: dearestTable(),
  };
}

function measuredTable(): string {
  const kinds: readonly [LineKind, string][] = [
    ['log', 'log line of a request in depth'],
    ['request', 'request record'],
    ['rollup', 'rollup, once a second an instance, without callers'],
    ['trail', 'trail record'],
    ['platform', 'line of Lambda (two an invocation)'],
  ];
  return table(
    ['what', 'bytes', 'of a byte, on the log stream'],
    [
      ...kinds.map(([kind, what]) => [what, count(BYTES.line[kind]), share(BYTES.gzip[kind])]),
      ['caller in a rollup', count(BYTES.rollupCaller), share(BYTES.gzip.rollup)],
      ['document, of a byte of its line', String(BYTES.documentRatio), ''],
      ['signals of a caller in a rollup', count(BYTES.signal.caller), ''],
      ['signals of a trail record', count(BYTES.signal.trail), ''],
      ['signals of a rollup, under the key of its service', count(BYTES.signal.series), ''],
      ['signals of an instance a second', count(BYTES.signal.instance), ''],
      ['CPU of the collector a line, µs', count(RATES.collectorLine), ''],
      ['CPU of the detector a signal record, µs', count(RATES.detectorRecord), ''],
    ],
  );
}

function plansTable(): string {
  const rows = LOADS.flatMap((requestsPerSecond) =>
    SAMPLE_RATES.map((sampleRate) => {
      const plan = capacity({ requestsPerSecond, sampleRate });
      return [
        count(requestsPerSecond),
        share(sampleRate),
        rate(plan.load.bytesPerSecond),
        count(plan.logStream.shards),
        count(plan.collector.concurrency),
        count(plan.signalStream.shards),
        `${count(plan.index.dataNodes)} ${plan.index.instanceType.replace('.search', '')}`,
        gigabytes(plan.index.storageGb),
        usd(plan.cost.total),
      ];
    }),
  );
  const head = [
    'requests/s',
    'p',
    'log lines',
    'log shards',
    'collectors',
    'signal shards',
    'data nodes',
    'storage',
    'USD a month',
  ];
  return table(head, rows);
}

function limitsTable(): string {
  const byRate = SAMPLE_RATES.map((sampleRate) => capacity({ requestsPerSecond: 1_000, sampleRate }).limits);
  const [first = []] = byRate;
  const rows = first.map(({ name, quota, unit, remedy, source }) => [
    `[${name}](${source})`,
    `${count(quota)} ${unit}`,
    ...byRate.map((limits) => at(limits.find((one) => one.name === name)?.bitesAt)),
    remedy,
  ]);
  return table(['limit', 'default quota', ...SAMPLE_RATES.map((p) => `p = ${share(p)}`), 'then'], rows);
}

/** What is dear at a hundred thousand requests a second. */
function dearestTable(): string {
  const { cost } = capacity({ requestsPerSecond: 100_000 });
  return table(
    ['part', 'USD a month'],
    cost.items.slice(0, 8).map(({ part, usdPerMonth }) => [part, usd(usdPerMonth)]),
  );
}

function at(bitesAt: number | undefined): string {
  return bitesAt === undefined ? 'never' : count(bitesAt);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, n) => (n === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
