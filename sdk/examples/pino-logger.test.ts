import { createTestTrailgate } from '@trailgate/sdk/testing';
import { stdSerializers } from 'pino';
import { expect, test } from 'vitest';
import { libraryLogger } from './pino-logger.ts';

test('what a library writes with pino is a record of the invocation', async () => {
  const { trailgate, invoke, logs } = createTestTrailgate();
  const logger = libraryLogger(trailgate);
  const handler = trailgate.wrap(async () => {
    const request = logger.child({ reqId: 'r-1' }, { serializers: { err: stdSerializers.err } });
    request.info({ req: { headers: { cookie: 'a=1' } } }, 'incoming %s', 'request');
    request.error(new TypeError('no route'));
    return { statusCode: 404 };
  });
  await invoke(handler, {});
  expect(logs).toMatchObject([
    { level: 'INFO', message: 'incoming request', fields: { name: 'http', reqId: 'r-1' } },
    { level: 'ERROR', message: 'no route', error: { type: 'TypeError', message: 'no route' } },
  ]);
  expect(JSON.stringify(logs)).not.toContain('a=1');
  expect(new Set(logs.map(({ correlation_id }) => correlation_id)).size).toBe(1);
});
