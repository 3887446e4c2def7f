/** Recognises who calls a function by the shape of the event: a gateway, a function URL, a queue, or somebody directly. */
import type { APIGatewayProxyEvent, SQSEvent } from 'aws-lambda';
import type { Payload2Event } from './http-api.ts';

export type Call =
  | { readonly kind: 'rest'; readonly event: APIGatewayProxyEvent }
  | { readonly kind: 'http-api' | 'function-url'; readonly event: Payload2Event }
  | { readonly kind: 'queue'; readonly event: SQSEvent }
  | { readonly kind: 'direct'; readonly event: unknown };

/** Never throws: what has no shape of AWS is a direct call. */
export function readCall(event: unknown): Call {
  if (typeof event !== 'object' || event === null) return { kind: 'direct', event };
  const { version, httpMethod, requestContext, Records } = event as Readonly<Record<string, unknown>>;
  if (Array.isArray(Records)) return { kind: 'queue', event: event as SQSEvent };
  if (typeof requestContext !== 'object' || requestContext === null) return { kind: 'direct', event };
  const { http, domainName } = requestContext as Readonly<Record<string, unknown>>;
  if (version === '2.0' && typeof http === 'object' && http !== null) {
    const url = typeof domainName === 'string' && domainName.includes('.lambda-url.');
    return { kind: url ? 'function-url' : 'http-api', event: event as Payload2Event };
  }
  if (typeof httpMethod !== 'string') return { kind: 'direct', event };
  return { kind: 'rest', event: event as APIGatewayProxyEvent };
}

/** A function was called in a way that it does not serve: a mistake of who wired it. */
export class UnexpectedCallError extends Error {
  readonly code = 'UNEXPECTED_CALL';

  constructor(expected: string, got: Call['kind']) {
    super(`event: expected ${expected}, got one of a ${got} call`);
    this.name = 'UnexpectedCallError';
  }
}
