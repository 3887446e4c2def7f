/** Per key and origin stream, what was taken last: makes every source count exactly once, however often it is delivered. */
import { comparePositions, type Origin } from '@trailgate/sdk/wire';
import { putEntry, useEntry } from './bounded-map.ts';

/** Positions of one stream are counted apart for each kind of signal. */
export type PositionedKind = 'trail' | 'usage' | 'series' | 'counted' | 'platform';

export interface StreamMark {
  readonly positions: Partial<Record<PositionedKind, string>>;
  /** Cumulative counters as last told, by name of the counter. */
  readonly counters: Map<string, number>;
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
  const mark = known ?? { positions: {}, counters: new Map<string, number>(), resumed: table.forgot };
  mark.positions[kind] = from.position;
  if (known === undefined && putEntry(table.streams, maxStreams, from.stream, mark) !== undefined) {
    table.forgot = true;
  }
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
