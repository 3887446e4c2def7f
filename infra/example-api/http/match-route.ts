/** Finds the API's route for a path, as API Gateway does: literal segments win over `{parameters}`. */

export interface RouteTemplate {
  readonly method: string;
  /** `/orders/{id}` */
  readonly resource: string;
}

export interface RouteMatch<R extends RouteTemplate> {
  readonly route: R;
  /** As they stand in the path. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export function matchRoute<R extends RouteTemplate>(
  routes: readonly R[],
  method: string,
  path: string,
): RouteMatch<R> | undefined {
  const segments = path.split('/');
  let best: RouteMatch<R> | undefined;
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
      parameters[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return parameters;
}
