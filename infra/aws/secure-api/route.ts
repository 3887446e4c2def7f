/** One route of an API as the gateway needs to know it: who answers, who may call and what is checked before. */
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { JsonSchema } from './json-schema.ts';

export interface Throttle {
  /** Requests a second that are served in the long run. */
  readonly ratePerSecond: number;
  /** Requests that may come at once. */
  readonly burst: number;
}

export interface SecureRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path template, as API Gateway writes it: `/orders/{id}`. A `{proxy+}` is refused: only what is listed exists. */
  readonly resource: string;
  readonly handler: lambda.IFunction;
  /** Whether the authorizer decides over each call first. A route without says so on purpose. */
  readonly authorizer: boolean;
  /**
   * Schema (draft 4) that a body must match.
   * @default no body is expected
   */
  readonly body?: JsonSchema;
  /**
   * Query parameters that go through to the function, and whether a call without is refused; all others are cut off.
   * @default none
   */
  readonly query?: Readonly<Record<string, 'required' | 'optional'>>;
  /** @default that of the API */
  readonly throttle?: Throttle;
  /**
   * Whether a call needs a key of a usage plan.
   * @default false
   */
  readonly apiKey?: boolean;
}

/** `METHOD /template/{id}`: what the trail and the caps call a route. */
export function routeName({ method, resource }: SecureRoute): string {
  return `${method} ${resource}`;
}
