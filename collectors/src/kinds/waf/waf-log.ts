/** Reads a log entry of AWS WAF: what a web ACL decided about one request, and which rule was the reason. */
import {
  addressOf,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  timeOf,
  wholeNumberOf,
} from '../edge/foreign-json.ts';

const ACTIONS = ['ALLOW', 'BLOCK', 'COUNT', 'CAPTCHA', 'CHALLENGE'] as const;
export type WafAction = (typeof ACTIONS)[number];

export interface WafLog {
  readonly action: WafAction;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly webAcl: string;
  /** Of a region and not of CloudFront. */
  readonly regional: boolean;
  /** Rule of the web ACL, and within a rule group the rule that matched: `AWS-CommonRuleSet/NoUserAgent_HEADER`. */
  readonly rule: string;
  readonly ruleType: string | undefined;
  /** Blocked for how often it asked. */
  readonly rateBased: boolean;
  readonly labels: readonly string[];
  /** Why a CAPTCHA or a challenge was not passed. */
  readonly failureReason: string | undefined;
  readonly ip: string | undefined;
  readonly country: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly args: string | undefined;
  readonly httpVersion: string | undefined;
  readonly requestId: string | undefined;
  readonly status: number | undefined;
  /** By lower-case name; of a name that came more than once, all values joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ja3: string | undefined;
  readonly ja4: string | undefined;
  readonly source: JsonObject;
}

/** Version of the format that AWS writes, and the only one there is. */
const FORMAT_VERSION = 1;

/** What every entry has (AWS WAF developer guide, logging-fields); undefined for any other JSON. */
export function readWafLog(object: JsonObject): WafLog | undefined {
  const { formatVersion, webaclId, terminatingRuleId, httpSourceName, httpSourceId } = object;
  const request = objectOf(object.httpRequest);
  const action = ACTIONS.find((name) => name === object.action);
  const time = typeof object.timestamp === 'number' ? timeOf(object.timestamp) : undefined;
  const webAcl = textOf(webaclId);
  const topRule = textOf(terminatingRuleId);
  if (formatVersion !== FORMAT_VERSION || request === undefined || time === undefined) return undefined;
  if (action === undefined || webAcl === undefined || topRule === undefined) return undefined;
  const ruleType = textOf(object.terminatingRuleType);
  const inner = objectsOf(object.ruleGroupList).map(({ terminatingRule }) =>
    textOf(objectOf(terminatingRule)?.ruleId),
  );
  const within = inner.find((rule) => rule !== undefined);
  const response = objectOf(object.captchaResponse) ?? objectOf(object.challengeResponse);
  return {
    action,
    time,
    webAcl: webAclName(webAcl),
    regional: webAcl.includes(':regional/webacl/'),
    rule: within === undefined ? topRule : `${topRule}/${within}`,
    ruleType,
    rateBased: ruleType === 'RATE_BASED',
    labels: objectsOf(object.labels)
      .map(({ name }) => textOf(name))
      .filter((name) => name !== undefined),
    failureReason: textOf(response?.failureReason),
    ip: addressOf(request.clientIp),
    country: textOf(request.country),
    method: textOf(request.httpMethod),
    path: textOf(request.uri),
    args: textOf(request.args),
    httpVersion: textOf(request.httpVersion)?.replace(/^HTTP\//, ''),
    requestId: textOf(request.requestId),
    status: wholeNumberOf(object.responseCodeSent),
    headers: headersOf(request.headers),
    ja3: textOf(object.ja3Fingerprint),
    ja4: textOf(object.ja4Fingerprint),
    source: { name: textOf(httpSourceName), id: textOf(httpSourceId) },
  };
}

/** `name` of `arn:aws:wafv2:…:regional/webacl/name/id`. */
function webAclName(id: string): string {
  return /\/webacl\/([^/]+)\//.exec(id)?.[1] ?? id;
}

/** Headers that carry what lets somebody in; the web ACL's own redaction is optional. */
const SECRET = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|x-amz-security-token)$/;

function headersOf(given: unknown): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const { name, value } of objectsOf(given)) {
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    const lower = name.toLowerCase();
    if (SECRET.test(lower)) continue;
    const before = headers.get(lower);
    headers.set(lower, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(headers);
}
