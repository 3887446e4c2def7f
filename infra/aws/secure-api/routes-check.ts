/** Refuses routes that would be open by mistake, or that API Gateway would not take. */
import { TrailgatePropsError } from '../props-error.ts';
import { routeName, type SecureRoute, type Throttle } from './route.ts';

const RESOURCE = /^(?:\/(?:[A-Za-z0-9._~-]+|\{[A-Za-z][A-Za-z0-9_]*\}))+$/;
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Throws `TrailgatePropsError`. */
export function checkRoutes(routes: readonly SecureRoute[], hasAuthorizer: boolean): void {
  if (!Array.isArray(routes) || routes.length === 0) {
    throw new TrailgatePropsError('routes', 'at least one route', 'none');
  }
  const seen = new Set<string>();
  for (const [index, route] of routes.entries()) {
    const prop = `routes[${index}]`;
    if (!METHODS.includes(route.method)) {
      throw new TrailgatePropsError(`${prop}.method`, `one of ${METHODS.join(', ')}`, String(route.method));
    }
    if (typeof route.resource !== 'string' || !RESOURCE.test(route.resource)) {
      const expected = 'a path of words and {parameters}, without a greedy {proxy+}';
      throw new TrailgatePropsError(`${prop}.resource`, expected, JSON.stringify(route.resource));
    }
    const name = routeName(route);
    if (seen.has(name)) throw new TrailgatePropsError(prop, 'each route once', `${name} twice`);
    seen.add(name);
    if (route.authorizer && !hasAuthorizer) {
      throw new TrailgatePropsError('authorizer', `a function, as ${name} asks for one`, 'nothing');
    }
    if (route.body !== undefined && (route.method === 'GET' || route.method === 'DELETE')) {
      throw new TrailgatePropsError(`${prop}.body`, `nothing for a ${route.method}`, 'a schema');
    }
    if (route.throttle !== undefined) checkThrottle(`${prop}.throttle`, route.throttle);
  }
}

/** Throws `TrailgatePropsError`. */
export function checkThrottle(prop: string, { ratePerSecond, burst }: Throttle): void {
  if (!Number.isFinite(ratePerSecond) || ratePerSecond <= 0) {
    throw new TrailgatePropsError(`${prop}.ratePerSecond`, 'a number above 0', String(ratePerSecond));
  }
  if (!Number.isInteger(burst) || burst < 1) {
    throw new TrailgatePropsError(`${prop}.burst`, 'a whole number from 1', String(burst));
  }
}
