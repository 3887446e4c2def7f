/** Reads the events of API Gateway's REST APIs (payload format 1.0). */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fromAuthorizerContext } from '../identity/authorizer-context.ts';
import { bodyText, headerFields } from './event-parts.ts';
import type { Request } from './request.ts';
import {
  percentDecoded,
  placeOfPath,
  placeOfTemplate,
  type RoutePlace,
  takesEveryPath,
} from './route-place.ts';

export function restRequest(event: APIGatewayProxyEvent): Request {
  return {
    ...restPlace(event),
    headers: headerFields(event.headers, event.multiValueHeaders),
    body: bodyText(event.body, event.isBase64Encoded),
    principal: fromAuthorizerContext(event.requestContext.authorizer),
  };
}

/** Of a request as of the question to an authorizer. */
export function restPlace(
  event: Pick<APIGatewayProxyEvent, 'httpMethod' | 'resource' | 'path' | 'pathParameters'>,
): RoutePlace {
  const { httpMethod, resource, path, pathParameters } = event;
  return takesEveryPath(resource)
    ? placeOfPath(httpMethod, path, percentDecoded)
    : placeOfTemplate(httpMethod, resource, pathParameters, percentDecoded);
}
