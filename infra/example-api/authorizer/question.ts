/** Reads what a gateway asks its authorizer. */
import type { APIGatewayRequestAuthorizerEvent, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { httpApiPlace } from '../http/http-api.ts';
import { restPlace } from '../http/rest.ts';
import type { AuthorizationQuestion } from './authorize.ts';

/** REST APIs, and HTTP APIs with payload format 1.0, ask in the first way. */
export type AuthorizerEvent = APIGatewayRequestAuthorizerEvent | APIGatewayRequestAuthorizerEventV2;

export function readQuestion(event: AuthorizerEvent): AuthorizationQuestion {
  const place = isPayload2(event) ? httpApiPlace(event) : restPlace(event);
  const { method, resource } = place;
  const question = { method, resource, headers: event.headers };
  return isPayload2(event) ? question : { ...question, methodArn: event.methodArn };
}

export function isPayload2(event: AuthorizerEvent): event is APIGatewayRequestAuthorizerEventV2 {
  return 'version' in event && event.version === '2.0';
}
