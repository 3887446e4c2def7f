/** Counts events of one key in a sliding window, in buckets of event time, and says when a window is full. */

import type { CountedEvidence } from './counted-evidence.ts';
import type { EventCount } from './rule.ts';

export interface EventBuckets {
  readonly type: 'event_count';
  /** Events by bucket number since the epoch. */
  readonly buckets: Map<number, number>;
}

/** Twice the most that a window has, so that late events still find their window. */
const MAX_BUCKETS = 120;
/** Buckets of a window at most; a bucket is never shorter than a second. */
const BUCKETS_A_WINDOW = 60;

export function emptyBuckets(): EventBuckets {
  return { type: 'event_count', buckets: new Map() };
}

/** Adds events and returns the evidence when any window that holds them has reached the threshold. */
export function countEvents(
  evidence: EventBuckets,
  rule: EventCount,
  at: number,
  events: number,
): CountedEvidence | undefined {
  const width = Math.max(1_000, rule.timespanMs / BUCKETS_A_WINDOW);
  const span = Math.ceil(rule.timespanMs / width);
  const { buckets } = evidence;
  const changed = Math.floor(at / width);
  for (const bucket of buckets.keys()) {
    if (bucket <= changed - 2 * span) buckets.delete(bucket);
  }
  buckets.set(changed, (buckets.get(changed) ?? 0) + events);
  if (buckets.size > MAX_BUCKETS) buckets.delete(Math.min(...buckets.keys()));
  for (const last of buckets.keys()) {
    if (last < changed || last >= changed + span) continue;
    const window = [...buckets].filter(([bucket]) => bucket > last - span && bucket <= last);
    const attempts = window.reduce((sum, [, count]) => sum + count, 0);
    if (attempts >= rule.gte) {
      const first = Math.min(...window.map(([bucket]) => bucket));
      return { attempts, first: Math.floor(first * width), last: Math.max(at, Math.floor(last * width)) };
    }
  }
  return undefined;
}

/** Whether nothing in it can still be part of a window at that time. */
export function bucketsExpired(evidence: EventBuckets, rule: EventCount, now: number): boolean {
  const width = Math.max(1_000, rule.timespanMs / BUCKETS_A_WINDOW);
  for (const bucket of evidence.buckets.keys()) {
    if ((bucket + 1) * width > now - 2 * rule.timespanMs) return false;
  }
  return true;
}
