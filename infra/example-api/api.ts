/** The API's definition as data: which service and function answers a route, who may call it and which caps bind it. */

export type ServiceName = 'orders' | 'inventory';
/** Routes that one function of AWS serves, which is called `shop-` and this. */
export type RouteGroupName =
  | 'login'
  | 'read-orders'
  | 'place-order'
  | 'admin-orders'
  | 'read-inventory'
  | 'reserve';
export type HttpMethod = 'GET' | 'POST';
export type Role = 'admin' | 'service';
/** Classes that caps may be written for. */
export type ShopRouteClass = 'default' | 'auth' | 'admin';

export interface ApiRoute {
  readonly method: HttpMethod;
  /** Path template, as API Gateway writes it. */
  readonly resource: string;
  /** Function of the local stack, and the name that logs and metrics have everywhere. */
  readonly function: ServiceName;
  readonly group: RouteGroupName;
  /** Whether the gateway asks the authorizer first. */
  readonly authorizer: boolean;
  /** Role that the caller must have; every caller with a valid token otherwise. */
  readonly role?: Role;
  readonly class: ShopRouteClass;
}

export const API_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    resource: '/login',
    function: 'orders',
    group: 'login',
    authorizer: false,
    class: 'auth',
  },
  {
    method: 'GET',
    resource: '/orders',
    function: 'orders',
    group: 'read-orders',
    authorizer: true,
    class: 'default',
  },
  {
    method: 'POST',
    resource: '/orders',
    function: 'orders',
    group: 'place-order',
    authorizer: true,
    class: 'default',
  },
  {
    method: 'GET',
    resource: '/orders/{id}',
    function: 'orders',
    group: 'read-orders',
    authorizer: true,
    class: 'default',
  },
  {
    method: 'GET',
    resource: '/admin/orders',
    function: 'orders',
    group: 'admin-orders',
    authorizer: true,
    role: 'admin',
    class: 'admin',
  },
  {
    method: 'GET',
    resource: '/inventory/{sku}',
    function: 'inventory',
    group: 'read-inventory',
    authorizer: true,
    class: 'default',
  },
  {
    method: 'POST',
    resource: '/inventory/{sku}/reservations',
    function: 'inventory',
    group: 'reserve',
    authorizer: true,
    role: 'service',
    class: 'default',
  },
];

const BY_KEY: ReadonlyMap<string, ApiRoute> = new Map(
  API_ROUTES.map((route) => [routeKey(route.method, route.resource), route]),
);

/** `METHOD /template/{id}`: what routers, the trail and the caps call a route. */
export function routeKey(method: string, resource: string): string {
  return `${method} ${resource}`;
}

/** The route of a key, if the API has it. */
export function findRoute(key: string): ApiRoute | undefined {
  return BY_KEY.get(key);
}

/** Class whose caps bind a route; an unknown one is bound like most. */
export function routeClass(key: string): ShopRouteClass {
  return BY_KEY.get(key)?.class ?? 'default';
}
