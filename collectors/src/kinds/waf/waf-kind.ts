/** Logs of AWS WAF: what a web ACL turned away goes to the trail, what it let pass to business. */
import type { EdgeAction } from '../edge/edge-action.ts';
import {
  type EdgeEvent,
  type EdgeFields,
  edgeDocument,
  edgeSignal,
  principalOf,
} from '../edge/edge-event.ts';
import { edgeObject } from '../edge/edge-object.ts';
import { defined } from '../edge/foreign-json.ts';
import { freeData } from '../edge/free-data.ts';
import type { Kind, ShapedDocument } from '../kind.ts';
import { xrayTraceId } from '../platform/xray-trace.ts';
import { behindProxy, type ClientAddressHeaders } from './proxied-address.ts';
import { readWafLog, type WafLog } from './waf-log.ts';

const SERVICE = 'waf';
const DATASET = 'aws.waf';

export function wafKind(clientAddressHeaders: ClientAddressHeaders): Kind<WafLog> {
  return {
    name: 'waf',
    recognise(line) {
      const object = edgeObject(line, '"webaclId"');
      const log = object && readWafLog(object);
      return log && { is: 'recognised', reading: behindProxy(log, clientAddressHeaders) };
    },
    toDocument(log) {
      const refused = refusalOf(log);
      if (refused === undefined) return passedDocument(log);
      const rule = { id: log.rule, name: log.rule };
      return edgeDocument(refusedEvent(log, refused), { rule, ...requestFields(log) });
    },
    toSignals(log, line) {
      const refused = refusalOf(log);
      return refused === undefined ? [] : [edgeSignal(refusedEvent(log, refused), line)];
    },
  };
}

/** Undefined for a request that went on: a web ACL that only counts lets everything pass. */
function refusalOf({ action, rateBased, labels }: WafLog): EdgeAction | undefined {
  switch (action) {
    case 'ALLOW':
    case 'COUNT':
      return undefined;
    case 'CAPTCHA':
    case 'CHALLENGE':
      // As the terminating action: the client did not prove to be a browser with a person.
      return 'malicious_attack_tool';
    case 'BLOCK':
      if (rateBased) return 'excess_rate_limit_exceeded';
      return labels.some((label) => label.includes(':bot-control:'))
        ? 'malicious_attack_tool'
        : 'malicious_extraneous';
  }
}

function refusedEvent(log: WafLog, action: EdgeAction): EdgeEvent {
  const { ip, rule, failureReason, webAcl } = log;
  const reason = failureReason === undefined ? `${log.action} ${rule}` : `${log.action} ${failureReason}`;
  return {
    time: log.time,
    service: SERVICE,
    dataset: DATASET,
    action,
    outcome: 'failure',
    reason,
    message: `${action}: ${reason}`,
    principal: principalOf(undefined, ip),
    ip,
    target: webAcl,
  };
}

/**
 * Business, so that what passed does not drown the trail's queries; and a document all the same, since rules that are tried
 * out count here, and a request may end before any other log.
 */
function passedDocument(log: WafLog): ShapedDocument {
  const { ip, rule } = log;
  const { source, ...more } = requestFields(log);
  const from = defined({ ip, ...source });
  return {
    channel: 'business',
    time: log.time,
    body: defined({
      level: 'INFO',
      message: `${log.action} ${rule}`,
      service: { name: SERVICE },
      principal: principalOf(undefined, ip),
      source: Object.keys(from).length === 0 ? undefined : from,
      event: { kind: 'event', dataset: DATASET, outcome: 'success' },
      ...more,
    }),
  };
}

function requestFields(log: WafLog): EdgeFields {
  const { country, method, path, requestId, status, headers, httpVersion, ja3, ja4, labels, args } = log;
  const { host, 'user-agent': userAgent, 'x-amzn-trace-id': trace, ...otherHeaders } = headers;
  const url = defined({ path, domain: host });
  const known = defined({
    trace_id: trace === undefined ? undefined : xrayTraceId(trace),
    source: country === undefined ? undefined : { geo: { country_iso_code: country } },
    http: defined({
      version: httpVersion,
      request: defined({ method, id: requestId }),
      response: status === undefined ? undefined : { status_code: status },
    }),
    url: Object.keys(url).length === 0 ? undefined : url,
    user_agent: userAgent === undefined ? undefined : { original: userAgent },
    tls: ja3 === undefined ? undefined : { client: { ja3 } },
  });
  const free = defined({
    web_acl: log.webAcl,
    rule: log.rule,
    rule_type: log.ruleType,
    labels: labels.length === 0 ? undefined : labels,
    args,
    ja4,
    http_source: defined(log.source),
    headers: Object.keys(otherHeaders).length === 0 ? undefined : otherHeaders,
  });
  return { ...known, ...freeData(free) };
}
