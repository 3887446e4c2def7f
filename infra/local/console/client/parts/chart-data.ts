/** Lays the traffic of the window out as the columns that a chart draws. */
import { type TrafficPoint, WINDOW_SECONDS } from '../../view.ts';

/** Seconds in which a count may still arrive: until then no point is drawn where nothing has come. */
export const SETTLE_SECONDS = 3;

export type Columns = [number[], ...(number | null)[][]];

export type PointField = Exclude<keyof TrafficPoint, 'second'>;

/** Fields of which no report means zero; a latency that nobody measured stays a gap. */
const COUNTS: ReadonlySet<PointField> = new Set(['answered', 'rejected', 'refused', 'errors']);

/** One column of seconds (epoch) and one for each field; `now` is epoch ms. */
export function columnsOf(
  points: readonly TrafficPoint[],
  fields: readonly PointField[],
  now: number,
): Columns {
  const last = Math.floor(now / 1_000);
  const seconds = Array.from({ length: WINDOW_SECONDS }, (_, index) => last - WINDOW_SECONDS + 1 + index);
  const bySecond = new Map(points.map((point) => [point.second, point]));
  const column = (field: PointField): (number | null)[] =>
    seconds.map((second) => {
      const quiet = COUNTS.has(field) && second <= last - SETTLE_SECONDS ? 0 : null;
      return bySecond.get(second)?.[field] ?? quiet;
    });
  return [seconds, ...fields.map(column)];
}

/** Sum over the last 60 seconds, or the latest value of a field that does not add up; null when there is none. */
export function lastMinute(points: readonly TrafficPoint[], field: PointField, now: number): number | null {
  const recent = points.filter((point) => point.second > now / 1_000 - 60);
  if (COUNTS.has(field)) return recent.reduce((sum, point) => sum + (point[field] ?? 0), 0);
  return recent.findLast((point) => point[field] !== null)?.[field] ?? null;
}
