/** Access logs of API Gateway: what the gateway refused goes to the trail, every other request to business. */
import type { LogLine } from '../../log-line.ts';
import { type EdgeEvent, edgeDocument, edgeSignal, principalOf } from '../edge/edge-event.ts';
import { defined, type JsonObject, parseObject } from '../edge/foreign-json.ts';
import { freeData } from '../edge/free-data.ts';
import { isFunctionLine } from '../edge/function-line.ts';
import type { Kind, ShapedDocument } from '../kind.ts';
import { xrayTraceId } from '../platform/xray-trace.ts';
import { type AccessEntry, routeOf } from './access-entry.ts';
import { type GatewayRefusal, gatewayRefusal } from './gateway-refusal.ts';
import { readJsonAccessLog } from './json-access-log.ts';
import { readTextAccessLog } from './text-access-log.ts';

const SERVICE = 'api-gateway';
const DATASET = 'aws.apigateway';
const NS_PER_MS = 1_000_000;

/** Where the gateway's logs stand by custom: execution logs, `/aws/apigateway/…`, `/aws/api-gateway/…`, `/aws/http-api/…`. */
const GATEWAY_GROUP = /^(?:API-Gateway-|\/aws\/(?:api-?gateway|http-api|vendedlogs\/api-?gateway)\b)/i;

/** Spares parsing: an entry has a status and a request id under some spelling. */
const MAY_BE_ENTRY = /"[\w.]*status/i;

interface Reading {
  readonly entry: AccessEntry;
  readonly refusal: GatewayRefusal | undefined;
}

export const apiGatewayKind: Kind<Reading> = {
  name: 'api-gateway',
  recognise(line) {
    if (isFunctionLine(line)) return undefined;
    const entry = readEntry(line);
    return entry && { is: 'recognised', reading: { entry, refusal: gatewayRefusal(entry) } };
  },
  toDocument({ entry, refusal }, line) {
    return refusal === undefined
      ? requestDocument(entry, line)
      : edgeDocument(refusedEvent(entry, refusal, line), requestFields(entry));
  },
  toSignals: ({ entry, refusal }, line) =>
    refusal?.certain === true ? [edgeSignal(refusedEvent(entry, refusal, line), line)] : [],
};

function readEntry(line: LogLine): AccessEntry | undefined {
  const { text, logGroup } = line;
  if (!text.startsWith('{')) return readTextAccessLog(text);
  if (!MAY_BE_ENTRY.test(text)) return undefined;
  const object = parseObject(text);
  return object && readJsonAccessLog(object, GATEWAY_GROUP.test(logGroup));
}

function refusedEvent(entry: AccessEntry, { action, reason }: GatewayRefusal, line: LogLine): EdgeEvent {
  const { user, ip } = entry;
  const route = routeOf(entry);
  return {
    time: entry.time ?? line.time,
    service: SERVICE,
    dataset: DATASET,
    action,
    outcome: 'failure',
    reason,
    message: `${action}: ${reason}`,
    principal: principalOf(user, ip),
    user: user === undefined ? undefined : { id: user },
    ip,
    route,
    target: route,
  };
}

function requestDocument(entry: AccessEntry, line: LogLine): ShapedDocument {
  const { user, ip, status, integrationError } = entry;
  const { event, ...more } = requestFields(entry);
  const route = routeOf(entry);
  const failed = status >= 500;
  return {
    channel: 'business',
    time: entry.time ?? line.time,
    body: defined({
      level: failed ? 'ERROR' : 'INFO',
      message: `${route ?? 'request'} ${status}`,
      service: { name: SERVICE },
      principal: principalOf(user, ip),
      user: user === undefined ? undefined : { id: user },
      source: ip === undefined ? undefined : { ip },
      route,
      event: { kind: 'event', dataset: DATASET, outcome: failed ? 'failure' : 'success', ...event },
      error:
        integrationError === undefined
          ? undefined
          : { type: 'ApiGateway.Integration', message: integrationError },
      ...more,
    }),
  };
}

/** The fields of a request that both channels have. */
function requestFields(entry: AccessEntry): JsonObject & { readonly event: JsonObject } {
  const { method, status, requestId, responseBytes, path, domain, latency, userAgent, protocol } = entry;
  const errorMessage = entry.errorMessage === undefined ? {} : { errorMessage: entry.errorMessage };
  const fields = { ...entry.others, ...errorMessage };
  const url = defined({ path, domain });
  return {
    event: latency === undefined ? {} : { duration: Math.round(latency * NS_PER_MS) },
    ...defined({
      trace_id: entry.xrayTrace === undefined ? undefined : xrayTraceId(entry.xrayTrace),
      http: defined({
        version: protocol?.replace(/^HTTP\//, ''),
        request: defined({ method, id: requestId }),
        response: defined({ status_code: status, bytes: responseBytes }),
      }),
      url: Object.keys(url).length === 0 ? undefined : url,
      user_agent: userAgent === undefined ? undefined : { original: userAgent },
    }),
    ...freeData(fields),
  };
}
