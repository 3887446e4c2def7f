/** Reads an access log that its owner formatted as JSON: any names, one concept each, told by what they are made of. */
import {
  addressOf,
  type JsonObject,
  numberOf,
  objectOf,
  textOf,
  timeOf,
  wholeNumberOf,
} from '../edge/foreign-json.ts';
import { type AccessEntry, clfTime } from './access-entry.ts';

/**
 * For each concept the names that owners give it, without case and separators: `$context.identity.sourceIp` is found
 * as `ip`, `sourceIp`, `source_ip` and as `sourceIp` within `identity`.
 */
const NAMES = {
  requestId: ['requestid', 'contextrequestid'],
  status: ['status', 'statuscode', 'responsestatus', 'responsestatuscode'],
  ip: ['ip', 'sourceip', 'identitysourceip', 'clientip', 'callerip'],
  time: ['requesttimeepoch', 'requesttime', 'timestampepoch'],
  method: ['httpmethod', 'method', 'requestmethod'],
  resource: ['routekey', 'resourcepath', 'route'],
  path: ['path', 'requestpath', 'rawpath', 'uri'],
  domain: ['domainname', 'domain', 'host'],
  protocol: ['protocol'],
  responseBytes: ['responselength', 'responsebytes', 'responsesize'],
  latency: ['responselatency', 'latency', 'responselatencyms'],
  userAgent: ['useragent', 'identityuseragent'],
  user: [
    'authorizeruser',
    'authorizerprincipalid',
    'principalid',
    'authorizersub',
    'authorizerclaimssub',
    'claimssub',
    'userarn',
    'identityuserarn',
    'user',
    'identityuser',
    'caller',
    'identitycaller',
  ],
  xrayTrace: ['xraytraceid'],
  responseType: ['errorresponsetype', 'responsetype'],
  errorMessage: ['errormessage', 'authorizererror', 'authorizeerror', 'errormessagestring'],
  integrationError: ['integrationerrormessage', 'integrationerror'],
  waf: ['wafresponsecode'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Only a backend that was asked fills these. */
const OF_INTEGRATION = ['integrationstatus', 'integrationlatency', 'integrationrequestid', 'backendstatus'];

/** Names that an application's own request log seldom has. */
const OF_GATEWAY: readonly string[] = [
  'extendedrequestid',
  'routekey',
  'resourcepath',
  'apiid',
  'requesttimeepoch',
  'errorresponsetype',
  'integrationerrormessage',
  'wafresponsecode',
  'connectionid',
  ...OF_INTEGRATION,
];
const OF_REQUEST: readonly string[] = [...NAMES.method, ...NAMES.resource, 'connectionid'];
/** An application that logs about a request says something; an access log never does. */
const OF_APPLICATION: readonly string[] = ['message', 'msg', 'level', 'severity', 'logger'];

interface Named {
  readonly name: string;
  readonly value: unknown;
}

/**
 * An entry needs a request id, a status and a method, route or connection. Outside a log group of the gateway's it
 * also needs two names that only the gateway has, and none of an application's; so a user's own JSON stays what it is.
 */
export function readJsonAccessLog(object: JsonObject, gatewayGroup: boolean): AccessEntry | undefined {
  const named = namedValues(object);
  if (!gatewayGroup) {
    if (OF_APPLICATION.some((name) => named.has(name))) return undefined;
    if (OF_GATEWAY.filter((name) => named.has(name)).length < 2) return undefined;
  }
  if (!OF_REQUEST.some((name) => named.has(name))) return undefined;

  const taken = new Set<string>();
  const find = <T>(concept: keyof typeof NAMES, read: (value: unknown) => T | undefined): T | undefined => {
    for (const name of NAMES[concept]) {
      const found = read(named.get(name)?.value);
      if (found === undefined) continue;
      taken.add(name);
      return found;
    }
    return undefined;
  };
  const requestId = find('requestId', textOf);
  const status = find('status', statusOf);
  if (requestId === undefined || status === undefined) return undefined;
  const integration = OF_INTEGRATION.filter((name) => named.has(name));
  return {
    requestId,
    status,
    time: find('time', requestTime),
    ip: find('ip', addressOf),
    method: find('method', methodOf),
    resource: find('resource', textOf),
    path: find('path', textOf),
    domain: find('domain', textOf),
    protocol: find('protocol', textOf),
    responseBytes: find('responseBytes', wholeNumberOf),
    latency: find('latency', numberOf),
    userAgent: find('userAgent', textOf),
    user: find('user', textOf),
    xrayTrace: find('xrayTrace', textOf),
    responseType: find('responseType', textOf),
    errorMessage: find('errorMessage', textOf),
    integrationError: find('integrationError', textOf),
    wafBlocked: find('waf', textOf) === 'WAF_BLOCK',
    integrated:
      integration.length === 0 ? undefined : integration.some((name) => isFilled(named.get(name)?.value)),
    others: Object.fromEntries(
      [...named]
        .filter(([name, { value }]) => !taken.has(name) && isFilled(value))
        .map(([, { name, value }]) => [name, value]),
    ),
  };
}

/** Members, and those of objects within, by their joined names without case and separators; the first of a name wins. */
function namedValues(object: JsonObject): ReadonlyMap<string, Named> {
  const named = new Map<string, Named>();
  const add = (name: string, value: unknown): void => {
    const bare = bareName(name);
    if (!named.has(bare)) named.set(bare, { name, value });
  };
  for (const [name, value] of Object.entries(object)) {
    const inner = objectOf(value);
    if (inner === undefined) add(name, value);
    else for (const [innerName, innerValue] of Object.entries(inner)) add(`${name}.${innerName}`, innerValue);
  }
  return named;
}

/** Names already read: a log has the same few in each line. Bounded, because anybody may write to a log group. */
const bareNames = new Map<string, string>();
const MAX_BARE_NAMES = 1_000;

function bareName(name: string): string {
  let bare = bareNames.get(name);
  if (bare === undefined) {
    bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (bareNames.size < MAX_BARE_NAMES && name.length <= 64) bareNames.set(name, bare);
  }
  return bare;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== '-';
}

function statusOf(value: unknown): number | undefined {
  const status = wholeNumberOf(value);
  return status !== undefined && status >= 100 && status <= 599 ? status : undefined;
}

function methodOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{3,16}$/.test(value) ? value : undefined;
}

function requestTime(value: unknown): number | undefined {
  return typeof value === 'string' ? (clfTime(value) ?? timeOf(value)) : timeOf(value);
}
