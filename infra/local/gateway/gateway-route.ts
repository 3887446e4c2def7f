/** What the local gateway knows of a route of the API. */
import type { RouteMatch, RouteTemplate } from '../../example-api/http/match-route.ts';

export interface GatewayRoute extends RouteTemplate {
  /** Name of the function behind it. */
  readonly function: string;
  readonly authorizer: boolean;
}

/** Parameters stand as the client wrote them: REST APIs do not decode. */
export type GatewayMatch = RouteMatch<GatewayRoute>;
