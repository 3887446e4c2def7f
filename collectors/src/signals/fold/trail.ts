/** Adds up the trail events of one principal that differ in nothing but their place within a second. */
import type { TrailSignal } from '@trailgate/sdk/wire';
import { secondOf } from './spans.ts';

interface Sum {
  last: TrailSignal;
  at: number;
  count: number;
  records: number;
}

/**
 * Positions rise, and so do those of the sums: each has the place of its last event. No event moves past one of
 * another outcome, because a success that clears what failed before must not clear what failed behind it.
 */
export function foldTrail(signals: readonly TrailSignal[]): readonly TrailSignal[] {
  const folded: TrailSignal[] = [];
  // In the order of the last event added.
  const open = new Map<string, Sum>();
  let before = signals[0];
  for (const signal of signals) {
    const id = `${signal.service} ${signal.action} ${signal.user} ${signal.ip} ${signal.route} ${signal.reason}`;
    const sum = open.get(id);
    const ends = before !== undefined && !staysWith(before, signal);
    // Names may run together to one id; then, too, nothing is added that differs.
    if (ends || (sum !== undefined && !isLike(sum.last, signal))) {
      for (const done of open.values()) folded.push(signalOf(done));
      open.clear();
      open.set(id, begin(signal));
    } else if (sum === undefined) {
      open.set(id, begin(signal));
    } else {
      open.delete(id);
      open.set(id, sum);
      add(sum, signal);
    }
    before = signal;
  }
  for (const done of open.values()) folded.push(signalOf(done));
  return folded;
}

/** Whether both belong into one run of sums. */
function staysWith(before: TrailSignal, next: TrailSignal): boolean {
  return next.outcome === before.outcome && secondOf(next.at) === secondOf(before.at);
}

function isLike(sum: TrailSignal, next: TrailSignal): boolean {
  return (
    next.service === sum.service &&
    next.tenant === sum.tenant &&
    next.principal === sum.principal &&
    next.action === sum.action &&
    next.user === sum.user &&
    next.ip === sum.ip &&
    next.route === sum.route &&
    next.reason === sum.reason
  );
}

function begin(signal: TrailSignal): Sum {
  return { last: signal, at: signal.at, count: signal.count, records: signal.records ?? 1 };
}

function add(sum: Sum, next: TrailSignal): void {
  sum.last = next;
  sum.at = Math.max(sum.at, next.at);
  sum.count += next.count;
  sum.records += next.records ?? 1;
}

function signalOf({ last, at, count, records }: Sum): TrailSignal {
  return records === 1 ? last : { ...last, at, count, records };
}
