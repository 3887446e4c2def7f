import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { otelTracing } from './otel-tracing.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const FACTS = {
  request: { kind: 'other', route: 'direct' },
  event: {},
  correlation: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' },
  keep: true,
  faas: { name: 'orders', execution: 'req-1', coldstart: false },
  startTime: Date.now(),
  remainingMs: () => Number.POSITIVE_INFINITY,
} as const;

test('the variables of OpenTelemetry say where spans go, with which headers and whose they are', async () => {
  let seen: { url?: string | undefined; token?: unknown; body: string } | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen = { url: request.url, token: request.headers['x-token'], body: Buffer.concat(chunks).toString() };
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-token=t1');
  vi.stubEnv('OTEL_SERVICE_NAME', 'named-by-env');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'team=payments');
  const tracing = otelTracing({ flushMs: 5000 });
  try {
    await tracing.ready;
    await tracing.begin(FACTS).end({ status: 200, failed: false }, true);
    expect(seen).toMatchObject({ url: '/v1/traces', token: 't1' });
    const { attributes } = JSON.parse(seen?.body ?? '').resourceSpans[0].resource;
    expect(attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'named-by-env' } });
    expect(attributes).toContainEqual({ key: 'team', value: { stringValue: 'payments' } });
  } finally {
    await tracing.shutdown();
    server.close();
  }
});

test('a span asked for before all is loaded, or after the end, stops no invocation', async () => {
  const tracing = otelTracing({ endpoint: 'http://127.0.0.1:9/', flushMs: 1 });
  const early = tracing.begin(FACTS);
  expect(early.run(() => 'result')).toBe('result');
  expect(early.end({ status: 200, failed: false }, true)).toBeUndefined();
  await tracing.ready;
  expect(tracing.ready).toBeUndefined();
  await tracing.shutdown(1);
  expect(tracing.begin(FACTS).run(() => 'after')).toBe('after');
});

test('OTEL_SDK_DISABLED loads nothing', () => {
  vi.stubEnv('OTEL_SDK_DISABLED', 'true');
  const tracing = otelTracing();
  expect(tracing.ready).toBeUndefined();
  expect(tracing.begin(FACTS).run(() => 'result')).toBe('result');
});

test('no other part of the SDK imports OpenTelemetry, and this one loads it only when asked', () => {
  const src = join(import.meta.dirname, '..');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.ts$/.test(path),
  );
  const importing = sources.filter((path) =>
    /from '@opentelemetry\/|import\('@opentelemetry\//.test(readFileSync(join(src, path), 'utf8')),
  );
  expect(importing.filter((path) => !path.startsWith('otel'))).toEqual([]);
  for (const path of ['otel/index.ts', 'otel/otel-tracing.ts', 'otel/tracing-options.ts', 'otel/config.ts']) {
    expect(readFileSync(join(src, path), 'utf8')).not.toMatch(/^import (?!type).*@opentelemetry/m);
  }
});
