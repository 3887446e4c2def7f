/** Gives a request to its route and turns every way to fail into an answer and, where one is due, a trail event. */
import type { Trailgate } from '@trailgate/sdk';
import { routeKey } from '../api.ts';
import { DeniedProblem, InputProblem, Problem, problemResponse } from './problem.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

export type Route = (request: Request) => Promise<Response>;
/** By `METHOD /template`. */
export type Routes = Readonly<Record<string, Route>>;

/** What a router tells: refusals to the trail, faults to the log. */
export interface Witness {
  readonly trail: Pick<Trailgate['trail'], 'denied' | 'inputRejected'>;
  readonly log: Pick<Trailgate['log'], 'error'>;
}

/** The result never rejects. */
export function createRouter(routes: Routes, witness: Witness): Route {
  const byKey = new Map(Object.entries(routes));
  return async (request) => {
    const key = routeKey(request.method, request.resource);
    try {
      const route = byKey.get(key);
      if (route === undefined) throw new Problem(404, 'There is nothing here.');
      return await route(request);
    } catch (error) {
      return problemResponse(toProblem(error, key, witness));
    }
  };
}

function toProblem(error: unknown, key: string, { trail, log }: Witness): Problem {
  if (error instanceof InputProblem) trail.inputRejected({ target: key, reason: inputReason(error) });
  else if (error instanceof DeniedProblem) trail.denied({ target: error.target, reason: error.reason });
  if (error instanceof Problem) return error;
  log.error(`${key} failed`, { error });
  return new Problem(500, 'Something went wrong on our side.');
}

function inputReason({ errors, message }: InputProblem): string {
  const [first] = errors;
  return first === undefined ? message : `${first.field}: expected ${first.expected}, got ${first.got}`;
}
