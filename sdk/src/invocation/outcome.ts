/** Reads from what a handler returned or threw how the invocation is counted. */
import { field } from '../event/field.ts';
import type { Request } from '../event/request.ts';

export interface Outcome {
  /** HTTP status, or 200 and 500 where there is none. */
  readonly status: number;
  /** The handler threw, other than to refuse; `thrown` is what. */
  readonly failed: boolean;
  readonly thrown?: unknown;
}

/** True where a client waits for an answer that the limiter may give, and that carries headers. */
export function isClientRequest({ kind }: Request): boolean {
  return kind === 'rest' || kind === 'http';
}

/** API Gateway's convention: an authorizer that throws this text answers 401. */
const UNAUTHORIZED = 'Unauthorized';

export function returnedOutcome({ kind }: Request, result: unknown): Outcome {
  try {
    const status = returnedStatus(kind, result);
    return { status, failed: status >= 500 };
  } catch {
    // The result cannot be read here, so neither by the platform.
    return { status: 502, failed: true };
  }
}

export function thrownOutcome({ kind }: Request, thrown: unknown): Outcome {
  if (kind === 'authorizer' && isUnauthorized(thrown)) {
    return { status: 401, failed: false };
  }
  return { status: 500, failed: true, thrown };
}

function isUnauthorized(thrown: unknown): boolean {
  try {
    return (thrown instanceof Error ? thrown.message : thrown) === UNAUTHORIZED;
  } catch {
    // A proxy, or an error whose message is a getter that throws: nothing that the gateway understands.
    return false;
  }
}

function returnedStatus(kind: Request['kind'], result: unknown): number {
  switch (kind) {
    case 'authorizer':
      return allows(result) ? 200 : 403;
    case 'rest':
      // The gateway answers 502 for a result without a status.
      return statusCode(result) ?? 502;
    case 'http':
      // Payload format 2.0: a result without a status is the body of a 200.
      return statusCode(result) ?? 200;
    case 'other':
      return 200;
  }
}

function statusCode(result: unknown): number | undefined {
  const status = Number(field(result, 'statusCode'));
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

/** Simple responses say `isAuthorized`, policies allow in at least one statement. */
function allows(result: unknown): boolean {
  const simple = field(result, 'isAuthorized');
  if (typeof simple === 'boolean') return simple;
  const statements = field(field(result, 'policyDocument'), 'Statement');
  return Array.isArray(statements) && statements.some((statement) => field(statement, 'Effect') === 'Allow');
}
