/** Reads the events of function URLs: payload format 2.0, but nobody matched the route or checked the caller before. */
import { type Payload2Event, payload2Parts } from './http-api.ts';
import type { Request } from './request.ts';
import { percentDecoded, placeOfPath, type RoutePlace } from './route-place.ts';

export function functionUrlRequest(event: Payload2Event): Request {
  return { ...functionUrlPlace(event), ...payload2Parts(event) };
}

export function functionUrlPlace({ requestContext, rawPath }: Payload2Event): RoutePlace {
  return placeOfPath(requestContext.http.method, rawPath, percentDecoded);
}
