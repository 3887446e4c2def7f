/** Takes ended spans to the buffer of the invocation in which they began; those of none go out as they are. */
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { invocationOf } from './keep-sampler.ts';
import { spanBytes } from './span-bytes.ts';
import type { SpanSink, TraceBuffer } from './trace-buffer.ts';

export class TailProcessor implements SpanProcessor {
  readonly #sink: SpanSink<ReadableSpan>;
  /** Ended spans come without their context. */
  readonly #buffers = new WeakMap<ReadableSpan, TraceBuffer<ReadableSpan>>();

  constructor(sink: SpanSink<ReadableSpan>) {
    this.#sink = sink;
  }

  onStart(span: ReadableSpan, context: Context): void {
    const invocation = invocationOf<ReadableSpan>(context);
    if (invocation !== undefined) this.#buffers.set(span, invocation.buffer);
  }

  onEnd(span: ReadableSpan): void {
    const buffer = this.#buffers.get(span);
    if (buffer === undefined) this.#sink.export([span]);
    else buffer.add(span, spanBytes(span));
  }

  /** Flushing is asked for with a time limit, where the exporter is. */
  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
