/** A collector on the loopback, and invocations that are traced to it, for tests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trace } from '@opentelemetry/api';
import type { InvocationFacts, InvocationSpan, SpanOutcome } from '../invocation/tracer.ts';
import { type OtelTracing, otelTracing } from './otel-tracing.ts';
import type { OtelTracingOptions } from './tracing-options.ts';

export interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
  readonly events: readonly {
    name: string;
    attributes: readonly { key: string; value: Record<string, unknown> }[];
  }[];
  readonly links?: readonly { traceId: string; spanId: string }[];
  readonly status: { code?: number; message?: string };
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const ok: Answer = (_, response) => response.setHeader('content-type', 'application/json').end('{}');
export const hang: Answer = () => {};

/** An OTLP/HTTP collector on the loopback that keeps what arrives, decoded. */
export class Collector {
  answer: Answer = ok;
  readonly spans: WireSpan[] = [];
  readonly resources: Record<string, unknown>[] = [];
  readonly requests: { url: string | undefined; headers: IncomingMessage['headers'] }[] = [];
  readonly #server: Server;
  url = '';

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push({ url: request.url, headers: request.headers });
        this.answer(request, response);
        if (response.statusCode < 300 && response.writableEnded) this.#keep(Buffer.concat(chunks).toString());
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/traces`;
    return this;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  names(): string[] {
    return this.spans.map(({ name }) => name);
  }

  #keep(body: string): void {
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      this.resources.push(Object.fromEntries(resource.attributes.map(plain)));
      for (const { spans } of scopeSpans) this.spans.push(...spans);
    }
  }
}

function plain({ key, value }: { key: string; value: Record<string, unknown> }): [string, unknown] {
  return [key, Object.values(value)[0]];
}

export function attributes(span: WireSpan | undefined): Record<string, unknown> {
  return Object.fromEntries((span?.attributes ?? []).map(plain));
}

export const TRACE: string = '4bf92f3577b34da6a3ce929d0e0e4736';
export const SPAN: string = '00f067aa0ba902b7';
export const CALLER: string = 'b7ad6b7169203331';
const EVENT = {
  httpMethod: 'GET',
  resource: '/orders/{id}',
  path: '/orders/7',
  headers: { 'User-Agent': 'curl/8', 'X-Forwarded-Proto': 'https' },
};

export function facts(change: Partial<InvocationFacts> = {}): InvocationFacts {
  return {
    request: { kind: 'rest', route: 'GET /orders/{id}', method: 'GET', path: '/orders/7', ip: '192.0.2.9' },
    event: EVENT,
    correlation: { traceId: TRACE, spanId: SPAN, parentSpanId: CALLER, traceState: ['other=1'] },
    keep: true,
    faas: { name: 'orders', execution: 'req-1', coldstart: true },
    invokedArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    startTime: Date.now(),
    remainingMs: () => 3000,
    ...change,
  };
}

/** What a test has opened, for `closeAll`. */
const open: { close(): unknown }[] = [];

export async function started(
  options: OtelTracingOptions = {},
): Promise<{ tracing: OtelTracing; collector: Collector }> {
  const collector = await new Collector().listen();
  const tracing = otelTracing({ endpoint: collector.url, flushMs: 5000, service: 'orders', ...options });
  open.push({ close: () => tracing.shutdown(200) }, collector);
  await tracing.ready;
  return { tracing, collector };
}

/** As a wrapper does it: the answer is given when the span is out. */
export async function handled(
  tracing: OtelTracing,
  given: InvocationFacts,
  {
    outcome = { status: 200, failed: false },
    work = () => {},
  }: { outcome?: SpanOutcome; work?: (span: InvocationSpan) => void } = {},
): Promise<void> {
  const span = tracing.begin(given);
  span.run(() => work(span));
  await span.end(outcome, given.keep);
}

export function child(name: string): void {
  trace.getTracer('handler').startSpan(name).end();
}

export async function closeAll(): Promise<void> {
  for (const thing of open.splice(0)) await thing.close();
}
