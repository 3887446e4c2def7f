/** Publishes metrics to CloudWatch in calls of the size that it takes; one bad datum does not cost the others. */
import {
  type CloudWatchClient,
  type MetricDatum as CloudWatchDatum,
  PutMetricDataCommand,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { dimensionValue } from '@trailgate/sdk/wire';
import { MetricsRejectedError } from './errors.ts';
import type { MetricDatum, MetricPort } from './ports.ts';

/** PutMetricData: metrics a call, values a metric, and bytes a call (1 MB, less room for the envelope). */
const MAX_METRICS = 1_000;
const MAX_VALUES = 150;
const MAX_BYTES = 900_000;
/** Bytes of the longest number and its markup, and of a datum's names. */
const VALUE_BYTES = 40;
const DATUM_BYTES = 1_500;

const UNITS: ReadonlySet<string> = new Set(Object.values(StandardUnit));

/**
 * A port that never repeats a call whose outcome is unknown; give it a client with `maxAttempts: 1`, which does not
 * either. Its `put` goes on with the other calls and then throws MetricsRejectedError with the number of data lost.
 */
export function createCloudWatchMetrics(client: CloudWatchClient, namespace: string): MetricPort {
  return {
    async put(data) {
      let rejected = 0;
      let cause: unknown;
      for (const call of intoCalls(data.flatMap(split).map(toCloudWatch))) {
        const result = await putCall(client, namespace, call);
        rejected += result.rejected;
        cause ??= result.cause;
      }
      if (rejected > 0) throw new MetricsRejectedError(rejected, cause);
    },
  };
}

interface CallResult {
  readonly rejected: number;
  readonly cause?: unknown;
}

/** A refused call has stored nothing, so halving it finds the datum that CloudWatch does not take. */
async function putCall(
  client: CloudWatchClient,
  namespace: string,
  call: readonly CloudWatchDatum[],
): Promise<CallResult> {
  try {
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: [...call] }));
    return { rejected: 0 };
  } catch (error) {
    if (!isRefusal(error) || call.length === 1) return { rejected: call.length, cause: error };
    const middle = Math.ceil(call.length / 2);
    const left = await putCall(client, namespace, call.slice(0, middle));
    const right = await putCall(client, namespace, call.slice(middle));
    return { rejected: left.rejected + right.rejected, cause: left.cause ?? right.cause };
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && /^(InvalidParameter|MissingRequiredParameter|Validation)/.test(error.name);
}

/** A datum as several of at most 150 values each; CloudWatch adds them up. */
function split(datum: MetricDatum): readonly MetricDatum[] {
  const parts: MetricDatum[] = [];
  for (let from = 0; from < datum.values.length; from += MAX_VALUES) {
    const to = from + MAX_VALUES;
    parts.push({ ...datum, values: datum.values.slice(from, to), counts: datum.counts.slice(from, to) });
  }
  return parts;
}

function toCloudWatch(datum: MetricDatum): CloudWatchDatum {
  return {
    MetricName: datum.name,
    Unit: isStandardUnit(datum.unit) ? datum.unit : StandardUnit.None,
    Timestamp: new Date(datum.at),
    Dimensions: datum.dimensions.map(([Name, value]) => ({ Name, Value: dimensionValue(value) })),
    Values: [...datum.values],
    Counts: [...datum.counts],
  };
}

function isStandardUnit(unit: string): unit is StandardUnit {
  return UNITS.has(unit);
}

function intoCalls(data: readonly CloudWatchDatum[]): readonly (readonly CloudWatchDatum[])[] {
  const calls: CloudWatchDatum[][] = [];
  let current: CloudWatchDatum[] = [];
  let bytes = 0;
  for (const datum of data) {
    const size = DATUM_BYTES + (datum.Values?.length ?? 0) * VALUE_BYTES;
    if (current.length === MAX_METRICS || (current.length > 0 && bytes + size > MAX_BYTES)) {
      calls.push(current);
      current = [];
      bytes = 0;
    }
    current.push(datum);
    bytes += size;
  }
  if (current.length > 0) calls.push(current);
  return calls;
}
