/** Finds the API's resource for a request path, as API Gateway does: literal segments win over `{parameters}`. */

export interface GatewayRoute {
  readonly method: string;
  /** `/orders/{id}` */
  readonly resource: string;
  /** Name of the function behind it. */
  readonly function: string;
  readonly authorizer: boolean;
}

export interface RouteMatch {
  readonly route: GatewayRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export function matchRoute(
  routes: readonly GatewayRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const segments = path.split('/');
  let best: RouteMatch | undefined;
  for (const route of routes) {
    if (route.method !== method) continue;
    const pathParameters = matchSegments(route.resource.split('/'), segments);
    if (pathParameters === undefined) continue;
    const fewerParameters =
      best === undefined || Object.keys(pathParameters).length < Object.keys(best.pathParameters).length;
    if (fewerParameters) best = { route, pathParameters };
  }
  return best;
}

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{') && part.endsWith('}')) {
      if (segment === '') return undefined;
      parameters[part.slice(1, -1)] = decode(segment);
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

/** A path that is not valid percent-encoding stays as it came. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
