/** What a route sees of a call, whichever gateway stands in front. */
import type { Principal } from './principal.ts';

export interface Request {
  readonly method: string;
  /** Path template: `/orders/{id}`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Decoded text, not yet parsed. */
  readonly body: string | undefined;
  /** Nobody on routes without an authorizer. */
  readonly principal: Principal | undefined;
}
