/** Measures what capacity is reckoned from: bytes of lines, of records, documents and signals, and how many of each there are. */
import { chanceOf } from './chance.ts';
import { type InstanceRun, instanceLines, type LineKind, START_MS, type WrittenLine } from './instance.ts';
import { type Clocks, collect } from './pipeline.ts';
import { streamEvent, subscriptionRecord } from './subscription-record.ts';

export interface Measured {
  /** UTF-8 bytes of a line on average. A rollup names no caller here. */
  readonly line: Readonly<Record<LineKind, number>>;
  /** Bytes that each caller adds to a rollup. */
  readonly rollupCaller: number;
  /** Bytes on the log stream for each byte of such lines, a second of an instance in a record; together they take less. */
  readonly gzip: Readonly<Record<LineKind, number>>;
  /** Bytes of a document for each byte of its line. */
  readonly documentRatio: number;
  /** Bytes on the signal stream. */
  readonly signal: {
    /** Of a caller that a rollup names: a record of its own. */
    readonly caller: number;
    /** Of a trail event: a record of its own. */
    readonly trail: number;
    /** Of a rollup, under the one key of its service. */
    readonly series: number;
    /** Of what an instance was seen to do in a second, under its own key. */
    readonly instance: number;
  };
}

const CLOCKS: Clocks = { clock: () => START_MS, random: chanceOf(7).next };

/** Ten requests a second, of ten callers, over four routes. */
const TYPICAL: InstanceRun = {
  sampleRate: 1,
  requestsPerSecond: 10,
  seconds: 60,
  linesPerRequest: 2,
  trailShare: 0.1,
};

export async function measure(): Promise<Measured> {
  const lines = await instanceLines(TYPICAL);
  const of = (kind: LineKind) => lines.filter((line) => line.kind === kind);
  // The first rollup of an instance says that it is there and counts nothing.
  const rollups = of('rollup').slice(1);
  const callers = average(rollups.map(({ text }) => text.split('"principal":').length - 1));
  const rollupCaller = average(rollups.map(bytesOfCallers)) / callers;
  const { documentBytes, signalBatches } = await collect(streamEvent(recordsOf(lines), 'logs'), CLOCKS);
  const signalBytes = (prefix: string): number =>
    sum(
      signalBatches
        .filter(({ key }) => key.startsWith(prefix))
        .map((batch) => Buffer.byteLength(JSON.stringify(batch))),
    );
  const trail = await collect(streamEvent(recordsOf(of('trail')), 'logs'), CLOCKS);
  const trailBatches = trail.signalBatches.filter(({ signals }) =>
    signals.some(({ kind }) => kind === 'trail'),
  );
  const callerBatches = signalBatches.filter(({ signals }) => signals.every(({ kind }) => kind === 'usage'));
  return {
    line: {
      log: averageBytes(of('log')),
      request: averageBytes(of('request')),
      rollup: averageBytes(rollups) - rollupCaller * callers,
      trail: averageBytes(of('trail')),
      platform: averageBytes(of('platform')),
    },
    rollupCaller,
    gzip: {
      log: gzipRatio(of('log')),
      request: gzipRatio(of('request')),
      rollup: gzipRatio(rollups),
      trail: gzipRatio(of('trail')),
      platform: gzipRatio(of('platform')),
    },
    documentRatio:
      (documentBytes.business + documentBytes.trail) /
      sum(lines.filter(({ kind }) => kind !== 'platform').map(bytesOf)),
    signal: {
      caller: average(callerBatches.map((batch) => Buffer.byteLength(JSON.stringify(batch)))),
      trail: average(trailBatches.map((batch) => Buffer.byteLength(JSON.stringify(batch)))),
      series: signalBytes('series:') / rollups.length,
      instance: signalBytes('instance:') / TYPICAL.seconds,
    },
  };
}

const STREAM = '0123456789abcdef'.repeat(2);

/** As CloudWatch Logs sends an instance that is busy: a record a second. */
function recordsOf(lines: readonly WrittenLine[]): readonly Uint8Array[] {
  const seconds = Map.groupBy(lines, ({ at }) => Math.floor(at / 1_000));
  return [...seconds.values()].map((second) => subscriptionRecord(second, STREAM));
}

function gzipRatio(lines: readonly WrittenLine[]): number {
  return sum(recordsOf(lines).map(({ byteLength }) => byteLength)) / sum(lines.map(bytesOf));
}

function bytesOfCallers({ text }: WrittenLine): number {
  const { rollup } = JSON.parse(text) as { rollup: { principals: readonly object[] } };
  return Buffer.byteLength(JSON.stringify(rollup.principals)) - 2;
}

function bytesOf({ text }: WrittenLine): number {
  return Buffer.byteLength(text);
}

function averageBytes(lines: readonly WrittenLine[]): number {
  return average(lines.map(bytesOf));
}

function average(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
