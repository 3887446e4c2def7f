/** Leaves out of a rollup what would show one client's request twice. */
import type { RollupReading } from './traffic-series.ts';

/** Statuses from which a request ended at the authorizer. */
const FIRST_REFUSAL = 400;

/**
 * A request that an authorizer allows is counted, and timed, by the function behind it; one that it refuses is counted
 * nowhere else.
 */
export function clientTraffic(rollup: RollupReading, authorizers: ReadonlySet<string>): RollupReading {
  if (!authorizers.has(rollup.service)) return rollup;
  return {
    ...rollup,
    requests: rollup.requests.filter(({ status }) => status >= FIRST_REFUSAL),
    latency: [],
  };
}
