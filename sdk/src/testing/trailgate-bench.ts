/** A Trailgate under test: its lines read back, its clock and chance in the test's hand. */
import type { TrailgateOptions } from '../config.ts';
import { createTrailgate } from '../trailgate.ts';
import { readHead } from '../wire/head.ts';
import type { RecordHead, RequestBody, RollupBody, TrailBody } from '../wire/record.ts';

export type Body = Partial<Omit<RequestBody, 'event'> & Omit<TrailBody, 'event'> & RollupBody> & {
  readonly event?: Partial<RequestBody['event'] | TrailBody['event']>;
};
export type Read = RecordHead & Body;

export const CONTEXT = { awsRequestId: 'r-1', functionName: 'orders-fn' };
/** Low 56 bits all zero: kept at every rate but 0. All one: kept at none but 1. */
export const LUCKY = `a${'0'.repeat(31)}`;
export const UNLUCKY = 'f'.repeat(32);
export const HIT = {
  client: 'user:ann',
  rule: 'noisy-client',
  rate: 2,
  burst: 4,
  retryAfterSeconds: 3,
  ver: 1,
};

export function order(
  given: { id?: string; status?: number; ip?: string; user?: string; headers?: object } = {},
) {
  const { id = UNLUCKY, ip = '192.0.2.1', user, headers = {} } = given;
  return {
    resource: '/orders/{id}',
    path: '/orders/17',
    httpMethod: 'GET',
    headers: { traceparent: `00-${id}-00f067aa0ba902b7-00`, ...headers },
    requestContext: { identity: { sourceIp: ip }, ...(user ? { authorizer: { user, tenant: 'acme' } } : {}) },
  };
}

/** A Trailgate on clocks and an output of its own. */
export function bench(options: Partial<TrailgateOptions> = {}) {
  const writes: string[] = [];
  const time = { now: 1_763_805_600_000 };
  let draws = 0;
  const trailgate = createTrailgate({
    service: 'orders',
    ...options,
    ports: {
      clock: () => time.now,
      monotonic: () => time.now,
      randomBytes: (count) => new Uint8Array(count).fill(++draws),
      write: (text) => writes.push(text),
      ...options.ports,
    },
  });
  const read = (): Read[] => writes.flatMap((text) => text.trimEnd().split('\n').map(readLine));
  return { trailgate, writes, time, read, of: (kind: string) => read().filter((one) => one.kind === kind) };
}

export function readLine(line: string): Read {
  const head = readHead(line);
  if (head.is !== 'record') throw new Error(`not a record: ${line}`);
  return { ...(JSON.parse(line) as Body), ...head.head };
}

export const ok = async () => ({ statusCode: 200 });
