import { createTestTrailgate, events, KEPT_TRACE_ID, UNKEPT_TRACE_ID } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { sampling } from './sampling.ts';

interface Asked {
  readonly method: string;
  readonly resource: string;
  /** Decides with the rate whether the request is kept. */
  readonly id: string;
  readonly tenant?: string;
  readonly takesMs?: number;
}

/** What is written of one request that logs a debug and an info line. */
async function written({ method, resource, id, tenant = 'zeta', takesMs = 1 }: Asked): Promise<string[]> {
  const { trailgate, invoke, advance, logs, requests } = createTestTrailgate({ sampling });
  const handler = trailgate.wrap(async (_event: unknown) => {
    trailgate.log.debug('debug');
    trailgate.log.info('info');
    advance(takesMs);
    return { statusCode: 200 };
  });
  const event = events.restV1({
    httpMethod: method,
    resource,
    headers: { 'x-correlation-id': id, 'X-Amzn-Trace-Id': undefined },
    requestContext: { httpMethod: method, resourcePath: resource, authorizer: { tenant } },
  });
  await invoke(handler, event);
  return [...logs.map(({ message }) => message), ...requests.map(({ kept }) => `request: ${kept}`)];
}

test('most requests write nothing', async () => {
  expect(await written({ method: 'GET', resource: '/orders/{id}', id: UNKEPT_TRACE_ID })).toEqual([]);
});

test('the kept share writes its info lines and its request', async () => {
  const asked = { method: 'GET', resource: '/orders/{id}', id: KEPT_TRACE_ID };
  expect(await written(asked)).toEqual(['info', 'request: sampled']);
});

test('every payment is kept', async () => {
  const asked = { method: 'POST', resource: '/payments/{id}', id: UNKEPT_TRACE_ID };
  expect(await written(asked)).toEqual(['info', 'request: sampled']);
});

test('a health check is never sampled, and whole when it is slow', async () => {
  const asked = { method: 'GET', resource: '/health', id: KEPT_TRACE_ID };
  expect(await written(asked)).toEqual([]);
  expect(await written({ ...asked, takesMs: 1000 })).toEqual(['debug', 'info', 'request: slow']);
});

test('debug lines of one tenant are sampled too', async () => {
  const asked = { method: 'GET', resource: '/orders/{id}', id: KEPT_TRACE_ID, tenant: 'acme' };
  expect(await written(asked)).toEqual(['debug', 'info', 'request: sampled']);
});
