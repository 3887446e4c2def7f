/** What a route sees of a call, whichever gateway stands in front. */
import type { Principal } from './principal.ts';

export interface Request {
  readonly method: string;
  /** Path template: `/orders/{id}`; `ANY_PATH` where the path fits none. */
  readonly resource: string;
  /** Percent-decoded once. */
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Lower-case names; several values of one name are joined by commas, cookies by `; `. Written by the client. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded text, not yet parsed; undefined where there is none. */
  readonly body: string | undefined;
  /** Who calls, as a verified token names them. Nobody on routes without an authorizer. */
  readonly principal: Principal | undefined;
}
