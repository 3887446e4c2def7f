import fc from 'fast-check';
import { expect, test } from 'vitest';
import { order } from './order.test-data.ts';
import { createTestTrailgate } from './testing/index.ts';

const HEADER = 'X-Client-Address';
const CLIENT = '198.51.100.7';
const EDGE = '192.0.2.1';

test('records, trail and limiter name the client and not the proxy', async () => {
  const asked: (readonly string[])[] = [];
  const { trailgate, invoke, requests, rollups, trail } = createTestTrailgate({
    clientAddressHeader: HEADER,
    limiter: {
      decide({ clients }) {
        asked.push(clients);
        return { allowed: true };
      },
    },
  });
  const handler = trailgate.wrap(async () => {
    trailgate.trail.loginFailed({ user: 'anna', reason: 'wrong password' });
    return { statusCode: 401 };
  });
  for (const ip of [EDGE, '192.0.2.2']) await invoke(handler, order({ ip, headers: { [HEADER]: CLIENT } }));
  await invoke(handler, order({ ip: EDGE }));
  trailgate.flush();
  expect(asked).toEqual([[`ip:${CLIENT}`], [`ip:${CLIENT}`], [`ip:${EDGE}`]]);
  const named = [CLIENT, CLIENT, EDGE].map((ip) => ({ principal: `ip:${ip}`, source: { ip } }));
  expect(requests).toMatchObject(named);
  expect(trail).toMatchObject(named);
  expect(rollups.at(-1)?.rollup.principals).toMatchObject([
    { principal: `ip:${CLIENT}`, count: 2 },
    { principal: `ip:${EDGE}`, count: 1 },
  ]);
});

test('without the setting a header of that name says nothing', async () => {
  const { trailgate, invoke, requests } = createTestTrailgate();
  await invoke(
    trailgate.wrap(async () => ({ statusCode: 200 })),
    order({ headers: { [HEADER]: CLIENT } }),
  );
  expect(requests).toMatchObject([{ principal: `ip:${EDGE}` }]);
});

test('whatever the header holds, the answer is the handler’s own', async () => {
  const { trailgate, invoke } = createTestTrailgate({ clientAddressHeader: HEADER });
  const result = { statusCode: 200, body: 'hello' };
  const handler = trailgate.wrap(async () => result);
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (value, values) => {
      const event = { ...order(), headers: { [HEADER]: value }, multiValueHeaders: { [HEADER]: values } };
      expect(await invoke(handler, event as never)).toMatchObject(result);
    }),
    { numRuns: 200 },
  );
});
