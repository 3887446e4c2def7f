/** Adds up metrics by minute of event time, and hands out the minutes that are over. */
import { bucketLatency, METRICS, type MetricKey } from '@trailgate/sdk/wire';
import type { MetricDatum } from '../ports.ts';
import { putEntry, useEntry } from '../state/bounded-map.ts';

export type Dimension = readonly [name: string, value: string];

/** One metric under one set of dimensions in one minute. */
interface MetricRow {
  readonly name: string;
  readonly unit: string;
  readonly dimensions: readonly Dimension[];
  /**
   * Latency: counts by bucket of the sketch. A mean: the sum under key 0 and how many it is of under key 1. The least:
   * itself under key 0. Anything else: the sum under key 0.
   */
  readonly cells: Map<number, number>;
  readonly sketch: boolean;
  readonly fold?: 'mean' | 'least';
}

/** A metric and its dimensions, as what is to be added to. */
export type MetricTarget = Omit<MetricRow, 'cells'>;

interface Minute {
  /** Event time from which it may be published, epoch milliseconds. */
  readonly due: number;
  readonly rows: Map<string, MetricRow>;
}

/** The open minutes of one service or function. */
interface OwnerWindows {
  /** Newest event time seen. */
  high: number;
  /** By start of the minute, as text. */
  readonly minutes: Map<string, Minute>;
}

export type MetricWindows = Map<string, OwnerWindows>;

const MINUTE_MS = 60_000;
/** Services and functions with open minutes; wrong clocks may keep several minutes open. */
const MAX_OWNERS = 1_000;
const MAX_MINUTES = 64;
/** Metrics of one owner in one minute; those beyond are not published. */
const MAX_ROWS = 2_000;

/** A place to add to: one owner, one minute. */
export interface WindowEntry {
  readonly owner: string;
  /** Event time, epoch milliseconds. */
  readonly at: number;
  /** How long after its end a minute stays open, in milliseconds. */
  readonly graceMs: number;
}

export function metricRow(key: MetricKey, dimensions: readonly Dimension[]): MetricTarget {
  const { name, unit } = METRICS[key];
  return { name, unit, dimensions, sketch: key === 'latency' };
}

/** Adds an amount to a metric; `cell` is the sketch's bucket for latencies and 0 for sums. Returns minutes that had to leave. */
export function addMetric(
  windows: MetricWindows,
  entry: WindowEntry,
  target: MetricTarget,
  amount: number,
  cell: number = 0,
): readonly MetricDatum[] {
  if (amount === 0) return [];
  return change(windows, entry, target, (cells) => cells.set(cell, (cells.get(cell) ?? 0) + amount));
}

/** Adds `count` values that make `sum` together to a target with fold `mean`: CloudWatch knows their sum, number and average. */
export function addMean(
  windows: MetricWindows,
  entry: WindowEntry,
  target: MetricTarget,
  sum: number,
  count: number,
): readonly MetricDatum[] {
  if (count === 0) return [];
  return change(windows, entry, target, (cells) => {
    cells.set(0, (cells.get(0) ?? 0) + sum);
    cells.set(1, (cells.get(1) ?? 0) + count);
  });
}

/** Lowers a target with fold `least` to the value, if it is below. */
export function addLeast(
  windows: MetricWindows,
  entry: WindowEntry,
  target: MetricTarget,
  value: number,
): readonly MetricDatum[] {
  return change(windows, entry, target, (cells) => cells.set(0, Math.min(cells.get(0) ?? value, value)));
}

function change(
  windows: MetricWindows,
  entry: WindowEntry,
  target: MetricTarget,
  put: (cells: Map<number, number>) => void,
): readonly MetricDatum[] {
  const displaced: MetricDatum[] = [];
  const known = useEntry(windows, entry.owner);
  const owner = known ?? { high: entry.at, minutes: new Map<string, Minute>() };
  if (known === undefined) {
    const evicted = putEntry(windows, MAX_OWNERS, entry.owner, owner);
    if (evicted !== undefined) displaced.push(...publishAll(evicted[1]));
  }
  owner.high = Math.max(owner.high, entry.at);
  const start = Math.floor(entry.at / MINUTE_MS) * MINUTE_MS;
  let minute = owner.minutes.get(String(start));
  if (minute === undefined) {
    // What comes late collects for the same grace again, and is published as a correction of its own minute.
    minute = { due: Math.max(start + MINUTE_MS, owner.high) + entry.graceMs, rows: new Map() };
    const evicted = putEntry(owner.minutes, MAX_MINUTES, String(start), minute);
    if (evicted !== undefined) displaced.push(...publish(evicted[0], evicted[1]));
  }
  const key = JSON.stringify([target.name, target.dimensions]);
  const row = minute.rows.get(key) ?? { ...target, cells: new Map<number, number>() };
  if (minute.rows.size < MAX_ROWS) minute.rows.set(key, row);
  put(row.cells);
  return displaced;
}

/** Moves an owner's event time on and takes out the minutes that are due. */
export function closeDue(windows: MetricWindows, owner: string, at: number): readonly MetricDatum[] {
  const known = windows.get(owner);
  if (known === undefined) return [];
  known.high = Math.max(known.high, at);
  return takeOut(known, ({ due }) => due <= known.high);
}

/**
 * The same for all owners at a tick, which is the time: an owner whose event time a wrong clock had moved too far is
 * set right, and so are the minutes that wait for it.
 */
export function closeAtTick(windows: MetricWindows, at: number, graceMs: number): readonly MetricDatum[] {
  return [...windows.values()].flatMap((owner) => {
    owner.high = at;
    return takeOut(owner, ({ due }, start) => {
      const misled = start + MINUTE_MS + graceMs <= at && due > at + graceMs;
      return due <= at || misled;
    });
  });
}

function takeOut(
  owner: OwnerWindows,
  isOver: (minute: Minute, start: number) => boolean,
): readonly MetricDatum[] {
  const data: MetricDatum[] = [];
  for (const [start, minute] of owner.minutes) {
    if (!isOver(minute, Number(start))) continue;
    data.push(...publish(start, minute));
    owner.minutes.delete(start);
  }
  return data;
}

function publishAll(owner: OwnerWindows): readonly MetricDatum[] {
  return [...owner.minutes].flatMap(([start, minute]) => publish(start, minute));
}

function publish(start: string, minute: Minute): readonly MetricDatum[] {
  return [...minute.rows.values()].map((row) => ({
    name: row.name,
    unit: row.unit,
    at: Number(start),
    dimensions: row.dimensions,
    ...valuesOf(row),
  }));
}

function valuesOf({ cells, sketch, fold }: MetricRow): Pick<MetricDatum, 'values' | 'counts'> {
  if (sketch) return { values: [...cells.keys()].map(bucketLatency), counts: [...cells.values()] };
  const value = cells.get(0) ?? 0;
  const count = cells.get(1) ?? 1;
  // A sum is one value that occurred once, so that the sums of all shards add up.
  return fold === 'mean' ? { values: [value / count], counts: [count] } : { values: [value], counts: [1] };
}
