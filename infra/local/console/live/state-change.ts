/** What a page must be told so that it shows the next state: made by the server, applied by the page. */
import {
  type ConsoleChange,
  type ConsoleState,
  MAX_FINDINGS,
  MAX_TRAIL_ROWS,
  type TrafficPoint,
  WINDOW_SECONDS,
} from '../view.ts';

interface Row {
  readonly cursor: number;
  readonly at: number | null;
}

/** The difference, or undefined when only time has passed. */
export function changeBetween(before: ConsoleState, after: ConsoleState): ConsoleChange | undefined {
  const known = new Set(before.points);
  const points = after.points.filter((point) => !known.has(point));
  const trail = addedRows(before.trail, after.trail);
  const findings = addedRows(before.findings, after.findings);
  const change: ConsoleChange = {
    now: after.now,
    ...(points.length > 0 ? { points } : {}),
    ...(trail.length > 0 ? { trail } : {}),
    ...(findings.length > 0 ? { findings } : {}),
    ...(isSame(before.caps, after.caps) ? {} : { caps: after.caps }),
    ...(isSame(before.facts, after.facts) ? {} : { facts: after.facts }),
    ...(isSame(before.play, after.play) ? {} : { play: after.play }),
    ...(isSame(before.delivery, after.delivery) ? {} : { delivery: after.delivery }),
    ...(isSame(before.faults, after.faults) ? {} : { faults: after.faults }),
    ...(isSame(before.health, after.health) ? {} : { health: after.health }),
    ...(before.unreadable === after.unreadable ? {} : { unreadable: after.unreadable }),
    ...(isSame(before.troubles, after.troubles) ? {} : { troubles: after.troubles }),
  };
  return Object.keys(change).length > 1 ? change : undefined;
}

/** The state that the change leads to. */
export function applyChange(state: ConsoleState, change: ConsoleChange): ConsoleState {
  const { points = [], trail = [], findings = [], ...replaced } = change;
  return {
    ...state,
    ...replaced,
    points: mergePoints(state.points, points, change.now),
    trail: newestFirst(state.trail, trail, MAX_TRAIL_ROWS),
    findings: newestFirst(state.findings, findings, MAX_FINDINGS),
  };
}

/** Both lists as one, newest event first; of two at the same time the one that arrived later. */
export function newestFirst<T extends Row>(
  known: readonly T[],
  added: readonly T[],
  limit: number,
): readonly T[] {
  if (added.length === 0) return known;
  return [...added, ...known]
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || b.cursor - a.cursor)
    .slice(0, limit);
}

function addedRows<T extends Row>(before: readonly T[], after: readonly T[]): readonly T[] {
  if (before === after) return [];
  const known = new Set(before.map((row) => row.cursor));
  return after.filter((row) => !known.has(row.cursor));
}

function mergePoints(
  known: readonly TrafficPoint[],
  changed: readonly TrafficPoint[],
  now: number,
): readonly TrafficPoint[] {
  const oldest = Math.floor(now / 1_000) - WINDOW_SECONDS + 1;
  const bySecond = new Map([...known, ...changed].map((point) => [point.second, point]));
  return [...bySecond.values()].filter((point) => point.second >= oldest).sort((a, b) => a.second - b.second);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
