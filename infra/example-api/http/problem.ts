/** The refusals that a route may throw, each with its problem+json answer (RFC 9457) for the client. */
import type { Response } from './response.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** One field that was not as expected. `got` describes the shape of what came, never a text the client sent. */
export interface FieldError {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

/** A refusal that the client is told about. */
export class Problem extends Error {
  readonly code: string = 'PROBLEM';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` goes to the client as it is. */
  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = new.target.name;
    this.status = status;
    this.headers = headers;
  }
}

/** The client sent what the route cannot take: a trail event as well as an answer. */
export class InputProblem extends Problem {
  override readonly code: string = 'INPUT_REJECTED';
  readonly errors: readonly FieldError[];

  constructor(status: 400 | 413, detail: string, errors: readonly FieldError[] = []) {
    super(status, detail);
    this.errors = errors;
  }
}

/** The caller may not do this: a trail event as well as an answer, which may hide that there is something. */
export class DeniedProblem extends Problem {
  override readonly code: string = 'DENIED';
  readonly target: string;
  readonly reason: string;

  constructor(status: 401 | 403 | 404, detail: string, denied: { target: string; reason: string }) {
    super(status, detail);
    this.target = denied.target;
    this.reason = denied.reason;
  }
}

/** The answer to a problem. */
export function problemResponse(problem: Problem): Response {
  return {
    status: problem.status,
    headers: { ...problem.headers, 'content-type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      title: TITLES[problem.status] ?? 'Error',
      status: problem.status,
      detail: problem.message,
      ...(problem instanceof InputProblem && problem.errors.length > 0 ? { errors: problem.errors } : {}),
    },
  };
}
