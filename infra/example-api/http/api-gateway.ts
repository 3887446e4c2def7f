/** Translates between API Gateway's REST proxy events and the contract that routes know. */
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { fromAuthorizerContext } from '../identity/authorizer-context.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/** On every answer: it is data about one caller, and nothing but JSON. */
const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

export function toRequest(event: APIGatewayProxyEvent): Request {
  return {
    method: event.httpMethod,
    resource: event.resource,
    pathParameters: pathParameters(event),
    body: bodyText(event),
    principal: fromAuthorizerContext(event.requestContext.authorizer),
  };
}

export function toResult(response: Response): APIGatewayProxyResult {
  return {
    statusCode: response.status,
    headers: { ...COMMON_HEADERS, ...response.headers },
    body: JSON.stringify(response.body),
  };
}

function pathParameters(event: APIGatewayProxyEvent): Readonly<Record<string, string>> {
  const present = Object.entries(event.pathParameters ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(present);
}

function bodyText(event: APIGatewayProxyEvent): string | undefined {
  if (event.body === null) return undefined;
  return event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
}
