/** Draws the ids of spans; the span of an invocation gets the ids that the invocation already has. */

import type { IdGenerator } from '@opentelemetry/sdk-trace';
import type { RandomSource } from '../correlation/correlation.ts';
import { hexDigits } from '../correlation/hex-digits.ts';

export interface SpanIds {
  readonly traceId: string;
  readonly spanId: string;
}

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

export class InvocationIds implements IdGenerator {
  readonly #randomBytes: RandomSource;
  /** Set only while a span is being started, which nothing can interrupt. */
  #next: SpanIds | undefined;

  constructor(randomBytes: RandomSource) {
    this.#randomBytes = randomBytes;
  }

  /** The span that `start` starts gets `ids`. */
  using<T>(ids: SpanIds, start: () => T): T {
    this.#next = ids;
    try {
      return start();
    } finally {
      this.#next = undefined;
    }
  }

  generateTraceId(): string {
    return this.#next?.traceId ?? this.#hex(TRACE_BYTES);
  }

  generateSpanId(): string {
    return this.#next?.spanId ?? this.#hex(SPAN_BYTES);
  }

  #hex(bytes: number): string {
    return hexDigits(this.#randomBytes(bytes));
  }
}
