/** Says where in the API a call goes: from the template that its gateway names, or from the path and the API's own table. */
import { API_ROUTES } from '../api.ts';
import { matchRoute } from './match-route.ts';
import type { Request } from './request.ts';

export type RoutePlace = Pick<Request, 'method' | 'resource' | 'pathParameters'>;

/** How a gateway delivers what stands in the path. */
export type PathReading = (text: string) => string;

/** API Gateway's name for a resource that takes every path; here also of a call that fits no route. */
export const ANY_PATH = '/{proxy+}';

/** Whether a gateway's template leaves the choice of the route to the function. */
export function takesEveryPath(template: string): boolean {
  return template === '$default' || template.endsWith('+}');
}

export function placeOfTemplate(
  method: string,
  template: string,
  parameters: Readonly<Record<string, string | undefined>> | null | undefined,
  reading: PathReading,
): RoutePlace {
  const given = Object.entries(parameters ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { method, resource: template, pathParameters: read(given, reading) };
}

export function placeOfPath(method: string, path: string, reading: PathReading): RoutePlace {
  const match = matchRoute(API_ROUTES, method, path);
  if (match === undefined) return { method, resource: ANY_PATH, pathParameters: {} };
  const pathParameters = read(Object.entries(match.pathParameters), reading);
  return { method, resource: match.route.resource, pathParameters };
}

function read(entries: readonly (readonly [string, string])[], reading: PathReading): Record<string, string> {
  return Object.fromEntries(entries.map(([name, value]) => [name, reading(value)]));
}

/** For REST APIs and function URLs, which deliver paths as the client wrote them. What is no valid escape stays. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The route's schema refuses it, like any other text that is no id.
    return text;
  }
}

/** For HTTP APIs, which decode. */
export function asDelivered(text: string): string {
  return text;
}
