/** Reads the events of API Gateway's HTTP APIs (payload format 2.0). */
import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from 'aws-lambda';
import { fromAuthorizerContext } from '../identity/authorizer-context.ts';
import { bodyText, headerFields } from './event-parts.ts';
import type { Request } from './request.ts';
import { asDelivered, placeOfPath, placeOfTemplate, type RoutePlace, takesEveryPath } from './route-place.ts';

/** Payload 2.0, of HTTP APIs and function URLs; `lambda` is what a Lambda authorizer vouches for. */
export type Payload2Event = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & { readonly authorizer?: { readonly lambda?: unknown } }
>;

export function httpApiRequest(event: Payload2Event): Request {
  return { ...httpApiPlace(event), ...payload2Parts(event) };
}

/** What does not depend on where a request goes. */
export function payload2Parts(event: Payload2Event): Pick<Request, 'headers' | 'body' | 'principal'> {
  const { cookies } = event;
  const cookie = cookies === undefined || cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
  return {
    headers: headerFields({ ...event.headers, ...cookie }),
    body: bodyText(event.body, event.isBase64Encoded),
    principal: fromAuthorizerContext(event.requestContext.authorizer?.lambda),
  };
}

/** Of a request as of the question to an authorizer. */
export function httpApiPlace(
  event: Pick<Payload2Event, 'routeKey' | 'rawPath' | 'pathParameters'> & {
    readonly requestContext: APIGatewayEventRequestContextV2;
  },
): RoutePlace {
  const { http, stage } = event.requestContext;
  const template = event.routeKey.split(' ').at(-1) ?? '';
  return takesEveryPath(template)
    ? placeOfPath(http.method, withoutStage(event.rawPath, stage), asDelivered)
    : placeOfTemplate(http.method, template, event.pathParameters, asDelivered);
}

/** HTTP APIs leave the name of their stage in the path, unless it is the default one. */
function withoutStage(path: string, stage: string): string {
  const prefix = `/${stage}`;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}
