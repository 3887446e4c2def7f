/** A request for an order, and a refusal of it, as the tests of the whole SDK use them. */
import { events, UNKEPT_TRACE_ID } from './testing/index.ts';

export const HIT = {
  client: 'user:ann',
  rule: 'noisy-client',
  rate: 2,
  burst: 4,
  retryAfterSeconds: 3,
  ver: 1,
} as const;

export function order(
  given: { id?: string; ip?: string; user?: string; headers?: Record<string, string> } = {},
): ReturnType<typeof events.restV1> {
  const { id = UNKEPT_TRACE_ID, ip = '192.0.2.1', user, headers = {} } = given;
  return events.restV1({
    headers: { traceparent: `00-${id}-00f067aa0ba902b7-00`, ...headers },
    requestContext: {
      identity: { sourceIp: ip },
      authorizer: user === undefined ? null : { user, tenant: 'acme' },
    },
  });
}

export const ok = async (): Promise<{ statusCode: number }> => ({ statusCode: 200 });
