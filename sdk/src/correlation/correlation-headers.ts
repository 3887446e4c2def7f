/** The headers that correlation reads, whatever carried them: HTTP, a message's attributes or a payload. */

export const CORRELATION_HEADER = 'x-correlation-id';

/** Names in lower case; a name that came more than once is joined with commas. */
export interface CorrelationHeaders {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
  readonly 'x-amzn-trace-id'?: string;
  readonly 'x-correlation-id'?: string;
  /** How many services the request went through, as DAZN's tools count. */
  readonly 'call-chain-length'?: string;
  /** DAZN's keep. Never read from HTTP unless the options allow it: a client could write the bill. */
  readonly 'debug-log-enabled'?: string;
  readonly 'x-datadog-trace-id'?: string;
  readonly 'x-datadog-parent-id'?: string;
  /** Never read from HTTP unless the options allow it. */
  readonly 'x-datadog-sampling-priority'?: string;
  readonly 'x-datadog-tags'?: string;
  /** Id that the event's source gave it, such as a message id: what counts where nobody sent another. */
  readonly 'source-id'?: string;
  /** Other ids that DAZN's tools send along, such as `x-correlation-user-id`. */
  readonly [companion: `x-correlation-${string}`]: string | undefined;
}

/** Headers while they are gathered. */
export type HeaderDraft = { -readonly [K in keyof CorrelationHeaders]: CorrelationHeaders[K] };
