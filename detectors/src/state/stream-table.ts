/** Per key and origin stream, what was taken last: makes every source count exactly once, however often it is delivered. */
import { comparePositions, type Origin } from '@trailgate/sdk/wire';
import { putEntry, useEntry } from './bounded-map.ts';

/** Positions of one stream are counted apart for each of these kinds; series need none (`highWater`). */
export type PositionedKind = 'trail' | 'usage' | 'counted' | 'platform';

export interface StreamMark {
  readonly positions: Partial<Record<PositionedKind, string>>;
  /** Cumulative counters as last told, by name of the counter. */
  readonly counters: Map<string, number>;
  /** Newest event time of a stream that says when its instance began, epoch milliseconds. */
  lastAt?: number;
  /**
   * An earlier mark of this stream may have been forgotten, so that a counter seen for the first time says nothing
   * about when it was counted: it sets the baseline and adds nothing.
   */
  readonly resumed: boolean;
}

/** Streams of one key that are remembered. */
export const MAX_STREAMS = 256;
/** Counters of one stream that are remembered; those beyond are not counted. */
export const MAX_COUNTERS = 4096;

export interface StreamTable {
  readonly streams: Map<string, StreamMark>;
  /** Set once a stream had to leave, or from the start when the key itself may have been forgotten. */
  forgot: boolean;
  /**
   * Newest event time of the streams that had to leave, if it is known of all of them: an instance that began later
   * is none of them.
   */
  forgotUntil?: number;
}

export function emptyStreamTable(forgot: boolean): StreamTable {
  return { streams: new Map(), forgot };
}

/** The mark of the signal's stream if the signal is new, which then counts as taken; otherwise undefined. */
export function takeOnce(
  table: StreamTable,
  kind: PositionedKind,
  from: Origin,
  maxStreams: number = MAX_STREAMS,
): StreamMark | undefined {
  const known = useEntry(table.streams, from.stream);
  const last = known?.positions[kind];
  if (last !== undefined && comparePositions(from.position, last) <= 0) return undefined;
  const mark = known ?? newMark(table, from.stream, table.forgot, maxStreams);
  mark.positions[kind] = from.position;
  return mark;
}

/** When the sender of a cumulative signal began to count, and the signal's own time; both epoch milliseconds. */
export interface Lifetime {
  readonly since: number | undefined;
  readonly at: number;
}

/** The mark of a stream whose counters are taken by `highWater`, so that no order of its signals matters. */
export function markOf(
  table: StreamTable,
  stream: string,
  { since, at }: Lifetime,
  maxStreams: number = MAX_STREAMS,
): StreamMark {
  const known = useEntry(table.streams, stream);
  const isNew = since !== undefined && table.forgotUntil !== undefined && since > table.forgotUntil;
  const mark = known ?? newMark(table, stream, table.forgot && !isNew, maxStreams);
  if (since !== undefined) mark.lastAt = Math.max(mark.lastAt ?? at, at);
  return mark;
}

function newMark(table: StreamTable, stream: string, resumed: boolean, maxStreams: number): StreamMark {
  const mark: StreamMark = { positions: {}, counters: new Map<string, number>(), resumed };
  const gone = putEntry(table.streams, maxStreams, stream, mark);
  if (gone === undefined) return mark;
  // Unknown once is unknown for good: one of those that left may come back.
  const known = !table.forgot || table.forgotUntil !== undefined;
  const until = known && gone[1].lastAt !== undefined ? gone[1].lastAt : undefined;
  if (until === undefined) delete table.forgotUntil;
  else table.forgotUntil = Math.max(table.forgotUntil ?? until, until);
  table.forgot = true;
  return mark;
}

/** What a cumulative counter has grown by since it was last told; a counter that fell has begun anew. */
export function growth(mark: StreamMark, counter: string, value: number): number {
  const last = mark.counters.get(counter);
  if (last === undefined && mark.counters.size >= MAX_COUNTERS) return 0;
  mark.counters.set(counter, value);
  if (last === undefined) return mark.resumed ? 0 : value;
  return value >= last ? value - last : value;
}

/**
 * What a counter that can only grow is above the most that was ever told of it: the same in the end whatever is lost,
 * repeated or comes in another order.
 */
export function highWater(
  mark: StreamMark,
  counter: string,
  value: number,
  maxCounters: number = MAX_COUNTERS,
): number {
  const last = mark.counters.get(counter);
  if (last === undefined && mark.counters.size >= maxCounters) return 0;
  if (last !== undefined && value <= last) return 0;
  mark.counters.set(counter, value);
  if (last === undefined) return mark.resumed ? 0 : value;
  return value - last;
}
