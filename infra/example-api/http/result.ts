/** Turns a route's response into what every gateway takes. */
import type { Response } from './response.ts';

/** Read alike in payload formats 1.0 and 2.0. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** On every answer: it is data about one caller, and nothing but JSON. */
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

export function toResult(response: Response): HttpResult {
  return {
    statusCode: response.status,
    headers: { ...COMMON_HEADERS, ...response.headers },
    body: JSON.stringify(response.body),
  };
}
