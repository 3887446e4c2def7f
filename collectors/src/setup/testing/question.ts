/** A call to the stand-in for an engine, and its answer. */
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
  readonly body: Json;
}
