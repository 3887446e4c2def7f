/** Makes a Lambda handler for API Gateway out of routes, with the SDK around it. */
import type { LambdaContext, Trailgate } from '@trailgate/sdk';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { toRequest, toResult } from './api-gateway.ts';
import { createRouter, type Route } from './router.ts';

export type ProxyHandler = (
  event: APIGatewayProxyEvent,
  context: LambdaContext,
) => Promise<APIGatewayProxyResult>;

export function serve(trailgate: Trailgate, routes: Readonly<Record<string, Route>>): ProxyHandler {
  const router = createRouter(routes, trailgate);
  return trailgate.wrap(async (event: APIGatewayProxyEvent) => toResult(await router(toRequest(event))));
}
