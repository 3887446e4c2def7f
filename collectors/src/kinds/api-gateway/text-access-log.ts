/** Reads the text formats that API Gateway proposes for access logs: CLF, CSV and XML, for REST and for HTTP APIs. */
import { addressOf, textOf, wholeNumberOf } from '../edge/foreign-json.ts';
import { type AccessEntry, clfTime } from './access-entry.ts';

/** A UUID in REST APIs; 11 or 12 characters of base64url and padding in the others. */
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[\\w-]{10,20}={1,2}';
const EXTENDED = '[\\w+/-]{10,40}={0,2}';
const TIME = '\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}';

// An access log of nginx or Apache ends otherwise: with the size, or with referrer and user agent in quotes.
const CLF = new RegExp(
  `^(\\S+) (\\S+) (\\S+) \\[(${TIME})\\] ?"([A-Z]+|-) (.+) (HTTP/[\\d.]+|-)" (\\d{3}) (\\d+|-) (${ID})(?: (${EXTENDED}))?$`,
);
const CSV_REST = new RegExp(
  `^([^,]*),([^,]*),([^,]*),(${TIME}),([A-Z]+),([^,]*),(HTTP/[\\d.]+),(\\d{3}),(\\d+|-),(${ID})(?:,(${EXTENDED}))?$`,
);
const CSV_HTTP = new RegExp(
  `^([^,]*)()(),(${TIME}),([A-Z]+),([^,]*),(HTTP/[\\d.]+),(\\d{3}),(\\d+|-),(${ID})(?:,(${EXTENDED}))?$`,
);
const XML = new RegExp(`^<request id="(${ID})">([\\s\\S]*)</request>$`);
const XML_MEMBER = /<(\w+)>([^<>]*)<\/\1>/g;

/** Undefined for any other text. */
export function readTextAccessLog(text: string): AccessEntry | undefined {
  const trimmed = text.trimEnd();
  return trimmed.startsWith('<') ? readXml(trimmed) : readSeparated(trimmed);
}

function readSeparated(text: string): AccessEntry | undefined {
  const found = CLF.exec(text) ?? CSV_REST.exec(text) ?? CSV_HTTP.exec(text);
  if (found === null) return undefined;
  const [, ip, caller, user, time, httpMethod, resourcePath, protocol, status, responseLength, id, extended] =
    found;
  return entryOf({
    ip,
    caller,
    user,
    requestTime: time,
    httpMethod,
    resourcePath,
    protocol,
    status,
    responseLength,
    requestId: id,
    extendedRequestId: extended,
  });
}

function readXml(text: string): AccessEntry | undefined {
  const [, requestId, inner = ''] = XML.exec(text) ?? [];
  if (requestId === undefined) return undefined;
  const members = Object.fromEntries([...inner.matchAll(XML_MEMBER)].map(([, name, value]) => [name, value]));
  return entryOf({ ...members, requestId });
}

function entryOf(members: Readonly<Record<string, string | undefined>>): AccessEntry | undefined {
  const { requestId, requestTime, extendedRequestId } = members;
  const status = wholeNumberOf(members.status);
  const time = requestTime === undefined ? undefined : clfTime(requestTime);
  if (requestId === undefined || status === undefined || status < 100 || status > 599) return undefined;
  if (time === undefined) return undefined;
  return {
    requestId,
    status,
    time,
    ip: addressOf(members.ip),
    method: textOf(members.httpMethod),
    resource: textOf(members.routeKey) ?? textOf(members.resourcePath),
    protocol: textOf(members.protocol),
    responseBytes: wholeNumberOf(members.responseLength),
    user: textOf(members.user) ?? textOf(members.caller),
    others: extendedRequestId === undefined ? {} : { extendedRequestId },
  };
}
