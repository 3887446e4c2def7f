import { events, invoke } from '@trailgate/sdk/testing';
import { expect, test } from 'vitest';
import { handler } from './attach-middy.ts';

/** Middy types its handlers for the platform's own context, with its callbacks. */
const run = handler as unknown as (event: object) => Promise<{ statusCode: number; headers: object }>;

test('the middleware answers with the correlation id, errors that became answers included', async () => {
  const header = { 'x-correlation-id': 'c-1' };
  const found = await invoke(run, events.restV1({ headers: header }));
  expect(found).toMatchObject({ statusCode: 200, headers: header });
  const missing = await invoke(run, events.restV1({ headers: header, pathParameters: { id: '18' } }));
  expect(missing).toMatchObject({ statusCode: 404, headers: header, body: 'no such order' });
});
