/** One request as API Gateway's access log tells it, whatever the format that the log's owner chose. */

export interface AccessEntry {
  readonly requestId: string;
  /** HTTP status that the client got. */
  readonly status: number;
  /** Epoch milliseconds. */
  readonly time?: number | undefined;
  readonly ip?: string | undefined;
  readonly method?: string | undefined;
  /** `/orders/{id}` in REST APIs, `GET /orders/{id}` or `$connect` in the others. */
  readonly resource?: string | undefined;
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  readonly protocol?: string | undefined;
  readonly responseBytes?: number | undefined;
  /** Milliseconds. */
  readonly latency?: number | undefined;
  readonly userAgent?: string | undefined;
  /** Vouched for by an authorizer or by the request's signature. */
  readonly user?: string | undefined;
  readonly xrayTrace?: string | undefined;
  /** Gateway response type (`THROTTLED`, …): set where the gateway itself answered. */
  readonly responseType?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly integrationError?: string | undefined;
  readonly wafBlocked?: boolean;
  /** Whether a backend was asked; undefined where the format does not tell. */
  readonly integrated?: boolean | undefined;
  /** What else the owner logs. */
  readonly others: Readonly<Record<string, unknown>>;
}

const CLF_TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Epoch milliseconds of `22/Nov/2026:09:59:58 +0000`, or undefined. */
export function clfTime(text: string): number | undefined {
  const [, day, name = '', year, clock, hours, minutes] = CLF_TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  if (month === 0) return undefined;
  const time = Date.parse(`${year}-${String(month).padStart(2, '0')}-${day}T${clock}${hours}:${minutes}`);
  return Number.isNaN(time) || time < 0 ? undefined : time;
}

/** `METHOD /template`, as the SDK names a route. */
export function routeOf({ method, resource }: AccessEntry): string | undefined {
  return resource?.startsWith('/') && method !== undefined ? `${method} ${resource}` : resource;
}
