import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const EVENT = {
  httpMethod: 'GET',
  resource: '/orders/{id}',
  path: '/orders/7',
  pathParameters: { id: '7' },
  headers: { traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: 'trailgate=keep' },
};
/** Calls the handler as Lambda does, and says on standard error when it has its answer. */
const DRIVER = `
  const { handler, tracing } = await import('./traces.ts');
  const context = { functionName: 'orders', awsRequestId: 'r1', getRemainingTimeInMillis: () => 30_000 };
  const { statusCode } = await handler(${JSON.stringify(EVENT)}, context);
  console.error(statusCode, tracing.counts().exported);
  await tracing.shutdown();
`;

test('the spans of a kept request are with the collector when the handler has answered, under the ids of its lines', async () => {
  const spans: { name: string; traceId: string; spanId: string; parentSpanId?: string }[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    for (const { scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--conditions=trail-source', '--input-type=module', '--eval', DRIVER],
      {
        cwd: import.meta.dirname,
        env: {
          PATH: process.env.PATH,
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
        },
      },
    );
    expect(stderr.trim()).toBe('200 2');
    const [loaded, served] = spans;
    expect(served).toMatchObject({ name: 'GET /orders/{id}', traceId: TRACE, parentSpanId: CALLER });
    expect(loaded).toMatchObject({ name: 'load order', traceId: TRACE, parentSpanId: served?.spanId });
    const lines = stdout.split('\n').filter((line) => line !== '');
    const logged = lines.map((line) => JSON.parse(line)).find(({ message }) => message === 'slow table');
    expect(logged).toMatchObject({ trace_id: TRACE, span_id: loaded?.spanId });
    const summed = lines.map((line) => JSON.parse(line)).find(({ kept }) => kept !== undefined);
    expect(summed).toMatchObject({ trace_id: TRACE, span_id: served?.spanId });
  } finally {
    collector.close();
  }
});
