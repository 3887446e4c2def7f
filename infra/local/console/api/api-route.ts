/** What an address of the console's API is: data in, data out; headers, methods and errors are the server's. */
import type { ConsoleSources } from '../sources.ts';

export interface ApiRequest {
  readonly query: URLSearchParams;
  /** Of a POST: a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Epoch ms. */
  readonly now: number;
}

export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Rejects with an {@link ApiError} for what the caller got wrong; anything else is trouble of the stack. */
  answer(request: ApiRequest, sources: ConsoleSources): Promise<object>;
}

/** The caller asked for what is not there or not allowed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  /** HTTP. */
  readonly status: number;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** `field: expected this, got that`. */
export function badField(field: string, expected: string, got: unknown): ApiError {
  const text = JSON.stringify(got) ?? String(got);
  return new ApiError(
    400,
    'BAD_FIELD',
    `${field}: expected ${expected}, got ${text.length > 80 ? `${text.slice(0, 79)}…` : text}`,
  );
}
