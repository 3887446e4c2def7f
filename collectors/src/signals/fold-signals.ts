/** Folds the signals of one Kinesis record: an attack becomes a signal a second, and what a later signal supersedes is left out. */
import { comparePositions, type Signal } from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';
import { foldCounted, foldUsage } from './fold/cumulative.ts';
import { foldPlatform } from './fold/platform.ts';
import { foldSeries } from './fold/series.ts';
import { foldTrail } from './fold/trail.ts';

/** Signals of one kind and key from one stream: their positions grow, and a detector takes each position once. */
type Lane = KeyedSignal[];

/**
 * Depends on nothing but the record's own signals, so that a record that is delivered again folds to the same whatever
 * batch it comes in. A position that comes twice counts once. Nothing moves between spans of time that a detector
 * keeps apart, so the counts of each span are what they were. Lanes follow in the order in which they began, those of
 * the platform last: whose function it is, only the instance's own signals say.
 */
export function foldSignals(signals: readonly KeyedSignal[]): readonly KeyedSignal[] {
  if (signals.length < 2) return signals;
  const folded: KeyedSignal[] = [];
  const reports: KeyedSignal[] = [];
  for (const lane of lanesOf(signals)) {
    for (const keyed of foldLane(lane)) {
      (keyed.signal.kind === 'platform' ? reports : folded).push(keyed);
    }
  }
  for (const report of reports) folded.push(report);
  return folded;
}

function lanesOf(signals: readonly KeyedSignal[]): readonly Lane[] {
  const lanes: Lane[] = [];
  const byStream = new Map<string, Map<Signal['kind'], Map<string, Lane>>>();
  for (const keyed of signals) {
    const { kind, from } = keyed.signal;
    const byKind = entry(byStream, from.stream, () => new Map<Signal['kind'], Map<string, Lane>>());
    const byKey = entry(byKind, kind, () => new Map<string, Lane>());
    const lane = byKey.get(keyed.key);
    if (lane !== undefined) {
      lane.push(keyed);
      continue;
    }
    const fresh = [keyed];
    byKey.set(keyed.key, fresh);
    lanes.push(fresh);
  }
  return lanes;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}

function foldLane(lane: Lane): readonly KeyedSignal[] {
  const [first] = lane;
  if (first === undefined || lane.length === 1) return lane;
  const { key } = first;
  return foldKind(ascending(lane.map(({ signal }) => signal))).map((signal) => ({ key, signal }));
}

/** By position, each once; log lines nearly always come so. */
function ascending(signals: readonly Signal[]): readonly Signal[] {
  const rises = signals.every((signal, place) => place === 0 || isBehind(signal, signals[place - 1]));
  if (rises) return signals;
  return signals
    .toSorted((a, b) => comparePositions(a.from.position, b.from.position))
    .filter((signal, place, sorted) => place === 0 || isBehind(signal, sorted[place - 1]));
}

function isBehind(signal: Signal, before: Signal | undefined): boolean {
  return before !== undefined && comparePositions(signal.from.position, before.from.position) > 0;
}

/** A lane has signals of one kind only. */
function foldKind(signals: readonly Signal[]): readonly Signal[] {
  switch (signals[0]?.kind) {
    case 'trail':
      return foldTrail(signals.filter((signal) => signal.kind === 'trail'));
    case 'usage':
      return foldUsage(signals.filter((signal) => signal.kind === 'usage'));
    case 'series':
      return foldSeries(signals.filter((signal) => signal.kind === 'series'));
    case 'counted':
      return foldCounted(signals.filter((signal) => signal.kind === 'counted'));
    case 'platform':
      return foldPlatform(signals.filter((signal) => signal.kind === 'platform'));
    // One an instance already.
    case 'seen':
    case 'tick':
    case undefined:
      return signals;
  }
}
