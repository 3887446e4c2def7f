import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

const EXAMPLE = new URL('./shutdown.ts', import.meta.url).href;
const PROGRAM = `
  const { handler } = await import('${EXAMPLE}');
  const context = { awsRequestId: 'r', functionName: 'orders' };
  for (let order = 0; order < 3; order++) await handler({ resource: '/', httpMethod: 'POST' }, context);
  setInterval(() => {}, 1000);
  process.stderr.write('waiting');
`;

test('what was counted since the last flush is written on SIGTERM, for which an extension is registered', async () => {
  const paths: (string | undefined)[] = [];
  const runtime = createServer((request, response) => {
    paths.push(request.url);
    // The next event never comes.
    if (request.method === 'POST') response.setHeader('Lambda-Extension-Identifier', 'x').end('{}');
  });
  await new Promise<void>((done) => runtime.listen(0, '127.0.0.1', done));
  const child = spawn(
    process.execPath,
    [
      '--conditions=trail-source',
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      PROGRAM,
    ],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        AWS_LAMBDA_FUNCTION_NAME: 'orders',
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(runtime.address() as AddressInfo).port}`,
      },
    },
  );
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += chunk;
  });
  const ended = once(child, 'close');
  const said = await Promise.race([once(child.stderr, 'data'), ended]);
  expect(String(said[0])).toBe('waiting');
  while (!paths.includes('/2020-01-01/extension/event/next'))
    await new Promise((later) => setImmediate(later));
  child.kill('SIGTERM');
  expect((await ended)[1]).toBe('SIGTERM');
  runtime.closeAllConnections();
  runtime.close();
  expect(paths).toEqual(['/2020-01-01/extension/register', '/2020-01-01/extension/event/next']);
  const last = JSON.parse(written.trimEnd().split('\n').at(-1) ?? '') as { rollup: object };
  expect(last.rollup).toMatchObject({ invocations: 3 });
});
