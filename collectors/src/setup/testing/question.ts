/** A call to the stand-in for an engine, and its answer. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../../schema/mapping.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Question {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** What came as JSON, or an empty object. */
  readonly body: Json;
  /** As it came. */
  readonly text: string;
}
