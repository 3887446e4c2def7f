import { expect, test } from 'vitest';
import { clientTraffic } from './client-traffic.ts';

const rollup = (service: string) => ({
  service,
  stream: 's',
  since: 0,
  at: 1,
  requests: [
    { key: 'allowed', status: 200, count: 5 },
    { key: 'refused', status: 401, count: 2 },
  ],
  latency: [{ key: 'l', bucket: 100, count: 7 }],
});
const authorizers = new Set(['authorizer']);

test('of an authorizer only the refusals are requests that nobody else counts', () => {
  expect(clientTraffic(rollup('authorizer'), authorizers)).toMatchObject({
    requests: [{ key: 'refused' }],
    latency: [],
  });
});

test('any other function is taken whole', () => {
  expect(clientTraffic(rollup('orders'), authorizers)).toEqual(rollup('orders'));
});
