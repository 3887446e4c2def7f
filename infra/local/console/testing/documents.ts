/** Documents as the collector and the detectors index them, for tests. */
import { latencyBucket, type Rollup, type TrailAction } from '@trailgate/sdk/wire';

type Json = Readonly<Record<string, unknown>>;

export interface RollupValues {
  readonly at: number;
  readonly since: number;
  readonly stream?: string;
  /** Cumulative counts by status, on one route. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Cumulative counts by latency in milliseconds. */
  readonly latencies?: Readonly<Record<number, number>>;
}

export function rollupDocument(values: RollupValues): Json {
  const { at, since, stream = 'stream-1', statuses, latencies = {} } = values;
  const rollup: Rollup = {
    since: new Date(since).toISOString(),
    invocations: Object.values(statuses).reduce((sum, count) => sum + count, 0),
    requests: Object.entries(statuses).map(([status, count]) => ({
      route: 'GET /orders',
      status: Number(status),
      tenant: 'acme',
      count,
      kept: 0,
    })),
    latency: [
      {
        route: 'GET /orders',
        buckets: Object.entries(latencies).map(([ms, count]) => [latencyBucket(Number(ms)), count] as const),
      },
    ],
    counters: [],
    principals: [],
  };
  return {
    ...envelope(at, stream),
    trailgate: { v: 1, channel: 'business', kind: 'rollup', instance: '0123456789abcdef', seq: 1, weight: 1 },
    message: 'counts',
    rollup,
  };
}

export interface TrailValues {
  readonly at: number;
  readonly action: TrailAction;
  readonly outcome: 'success' | 'failure';
  readonly user?: string;
  readonly ip?: string;
  readonly count?: number;
}

export function trailDocument({
  at,
  action,
  outcome,
  user,
  ip = '203.0.113.7',
  count = 1,
}: TrailValues): Json {
  return {
    ...envelope(at, 'stream-1'),
    trailgate: { v: 1, channel: 'trail', kind: 'trail', instance: '0123456789abcdef', seq: 2, weight: 1 },
    message: `${action} ${user ?? ''}`,
    event: { kind: 'event', category: ['authentication'], type: ['start'], action, outcome },
    principal: `ip:${ip}`,
    source: { ip },
    route: 'POST /login',
    count,
    ...(user === undefined ? {} : { user: { id: user } }),
  };
}

export interface FindingValues {
  readonly at: number;
  readonly message: string;
  readonly evidence?: Json;
}

export function findingDocument({ at, message, evidence = {} }: FindingValues): Json {
  return {
    '@timestamp': new Date(at).toISOString(),
    event: { kind: 'alert', category: ['intrusion_detection'], action: 'finding' },
    rule: { id: 'f0f1', name: 'credential-stuffing' },
    principal: 'ip:203.0.113.7',
    tenant: 'acme',
    message,
    evidence,
    cap: { client: 'ip:203.0.113.7', class: 'auth', rate: 0.05, burst: 1, mode: 'enforce' },
  };
}

function envelope(at: number, stream: string): Json {
  return {
    '@timestamp': new Date(at).toISOString(),
    aws: { cloudwatch: { log_group: '/aws/lambda/orders', log_stream: stream, event_id: '1' } },
  };
}
