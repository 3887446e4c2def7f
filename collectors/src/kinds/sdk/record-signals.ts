/** The signals of an SDK record: a trail event of its principal, or the counts of a rollup. */
import {
  DISTRIBUTION_METRICS,
  type Distribution,
  instanceKey,
  type Origin,
  principalKey,
  type RollupBody,
  type SeriesSignal,
  seriesKey,
  type TrailBody,
  type TrailSignal,
} from '@trailgate/sdk/wire';
import { sourceStream } from '../../documents/provenance.ts';
import type { LogLine } from '../../log-line.ts';
import type { KeyedSignal } from '../kind.ts';
import type { SdkRecord } from './sdk-record.ts';

/** Stands for a tenant or principal that the record does not name. */
const UNKNOWN = '-';

/** What signals are made of; the body is checked (`body-fault.ts`). */
export interface SignalSource extends Pick<SdkRecord, 'time' | 'body'> {
  readonly head: Pick<SdkRecord['head'], 'kind' | 'instance' | 'seq'>;
}

export function recordSignals(
  record: SignalSource,
  line: Pick<LogLine, 'logGroup' | 'logStream'>,
): readonly KeyedSignal[] {
  const stream = sourceStream(line);
  const from: Origin = { stream: `${stream}#${record.head.instance}`, position: String(record.head.seq) };
  switch (record.head.kind) {
    case 'log':
    case 'request':
      return [];
    case 'trail':
      // bodyFault has checked the fields that are read without a fallback.
      return [trailSignal(record.body as unknown as TrailBody, record.time, from)];
    case 'rollup':
      return rollupSignals(record.body as unknown as RollupBody, record.time, stream, from);
  }
}

function trailSignal(body: TrailBody, at: number, from: Origin): KeyedSignal {
  const { service, user, source, route, event, count } = body;
  const tenant = stringOr(body.tenant, UNKNOWN);
  const principal = stringOr(body.principal, UNKNOWN);
  const signal: Writable<TrailSignal> = {
    kind: 'trail',
    at,
    from,
    service: service.name,
    tenant,
    principal,
    action: event.action,
    outcome: event.outcome,
    count,
  };
  // An attack brings a line of this kind for each request, so no object is made for a member.
  if (typeof user?.id === 'string') signal.user = user.id;
  if (typeof source?.ip === 'string') signal.ip = source.ip;
  if (typeof route === 'string') signal.route = route;
  if (typeof event.reason === 'string') signal.reason = event.reason;
  return { key: principalKey(tenant, principal), signal };
}

type Writable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

function rollupSignals(
  { service, rollup }: RollupBody,
  at: number,
  stream: string,
  from: Origin,
): readonly KeyedSignal[] {
  return [
    ...rollup.principals.map(
      ({ tenant, principal, count, refused }): KeyedSignal => ({
        key: principalKey(tenant, principal),
        signal: {
          kind: 'usage',
          at,
          from,
          service: service.name,
          tenant,
          principal,
          requests: count,
          refused,
        },
      }),
    ),
    {
      key: seriesKey(service.name),
      signal: {
        kind: 'series',
        at,
        from,
        service: service.name,
        ...optionalTime('since', rollup.since),
        requests: rollup.requests.map(({ route, status, tenant, count }) => ({
          route,
          status,
          tenant,
          count,
        })),
        latency: rollup.latency.map(({ route, buckets }) => ({ route, buckets })),
        counters: [
          ...rollup.counters.map(({ name, unit, value }) => ({ name, unit, value })),
          ...(rollup.distributions ?? []).flatMap(distributionCounters),
        ],
      },
    },
    {
      key: instanceKey(stream),
      signal: { kind: 'counted', at, from, service: service.name, invocations: rollup.invocations },
    },
  ];
}

/** Sum and count of a distribution only grow, as counters do. */
function distributionCounters({ name, unit, sum, count }: Distribution): SeriesSignal['counters'] {
  return [
    { name: name + DISTRIBUTION_METRICS.sum, unit, value: sum },
    { name: name + DISTRIBUTION_METRICS.count, unit: 'Count', value: count },
  ];
}

function stringOr(value: unknown, fallback: string): string {
  return typeof value === 'string' && value !== '' ? value : fallback;
}

function optionalTime<Name extends string>(name: Name, value: unknown): { readonly [K in Name]?: number } {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return time >= 0 ? ({ [name]: time } as { readonly [K in Name]?: number }) : {};
}
