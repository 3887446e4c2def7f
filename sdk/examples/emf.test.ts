import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const DRIVER = `
  const { handler, trailgate } = await import('./emf.ts');
  const event = { httpMethod: 'POST', resource: '/orders', path: '/orders', headers: {} };
  await handler(event, { functionName: 'orders', awsRequestId: 'r1', getRemainingTimeInMillis: () => 30_000 });
  trailgate.flush();
`;

test('what a handler counts is on standard output as CloudWatch metrics', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=trail-source', '--input-type=module', '--eval', DRIVER],
    { cwd: import.meta.dirname, env: { PATH: process.env.PATH } },
  );
  const documents = stdout
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .map((line) => JSON.parse(line));
  const own = documents.find((document) => 'OrdersPlaced' in document);
  expect(own).toMatchObject({ Service: 'orders', Stage: 'prod', OrdersPlaced: 1 });
  expect(own._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'Shop',
      Dimensions: [['Service', 'Stage']],
      Metrics: expect.arrayContaining([{ Name: 'OrdersPlaced', Unit: 'Count' }]),
    },
  ]);
  const served = documents.find((document) => 'Errors' in document);
  expect(served).toMatchObject({ Route: 'POST /orders', Requests: 1, Errors: 0 });
  expect(stdout).not.toContain('"rollup"');
});
