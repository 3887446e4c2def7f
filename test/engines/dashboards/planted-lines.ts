/** Lines of every kind that the attacks do not bring: the edge, the audit, a function that fails, one that loses records, a wrong clock. */
import {
  cloudTrailEvent,
  consoleLogin,
  RATE_BASED,
  refusedAccessLog,
  restAccessLog,
  wafLog,
} from '../../../collectors/src/testing/edge-lines.ts';
import { reportLine } from '../../../infra/local/lambda/platform-lines.ts';
import { createTestTrailgate, events, type TestTrailgate } from '../../../sdk/src/testing/index.ts';

/** What one log stream wrote, as a subscription would carry it. */
export interface PlantedStream {
  readonly logGroup: string;
  readonly logStream: string;
  /** When all of it was logged, epoch milliseconds. */
  readonly logged: number;
  readonly lines: readonly string[];
}

/** How many of them the questions below count, so that an expectation has a name. */
export const PLANTED = {
  /** Logins, tokens and passwords that were refused: at the console of AWS, at the gateway and twice in the function. */
  failedLogins: 4,
  /** Requests over a limit: of the web ACL, of the gateway and of the function. */
  rateLimitHits: 3,
  /** Countries of what the web ACL turned away, the busiest first. */
  countries: ['BR', 'FR', 'US'],
  /** Failed request of service `billing`. */
  errorType: 'TypeError',
  /** The service that lost a record and ran requests uncounted. */
  service: 'billing',
} as const;

const DAY_MS = 86_400_000;

/** The same lines for the same time, which is that of the first event, epoch milliseconds. */
export async function plantedLines(at: number): Promise<readonly PlantedStream[]> {
  const logged = at + 5_000;
  return [
    { logGroup: 'aws-waf-logs-shop', logStream: 'eu-central-1_shop_0', logged, lines: webAclLines(at) },
    { logGroup: '/aws/apigateway/shop', logStream: 'access', logged, lines: accessLines(at) },
    { logGroup: 'aws-cloudtrail-logs', logStream: 'eu-central-1', logged, lines: auditLines(at) },
    { logGroup: '/aws/lambda/billing', logStream: 'billing-1', logged, lines: await billingLines(at) },
    { logGroup: '/aws/lambda/billing', logStream: 'billing-2', logged, lines: await wrongClockLines(at) },
    {
      logGroup: '/aws/lambda/billing',
      logStream: 'billing-3',
      logged,
      lines: [brokenLine(at)],
    },
    {
      logGroup: '/aws/lambda/legacy',
      logStream: 'legacy-1',
      logged,
      lines: ['ERROR no connection to the till'],
    },
  ];
}

function webAclLines(at: number): readonly string[] {
  const from = (country: string, clientIp: string, more: object = {}): string => {
    const { httpRequest } = JSON.parse(wafLog()) as { httpRequest: object };
    return wafLog({ timestamp: at, httpRequest: { ...httpRequest, country, clientIp }, ...more });
  };
  return [
    from('BR', '203.0.113.66'),
    from('BR', '203.0.113.67'),
    from('BR', '203.0.113.68', RATE_BASED),
    from('FR', '203.0.113.69'),
    from('FR', '203.0.113.70'),
    from('US', '203.0.113.71'),
    from('DE', '203.0.113.72', { action: 'ALLOW', terminatingRuleId: 'Default_Action', labels: [] }),
  ];
}

function accessLines(at: number): readonly string[] {
  const now = { requestTime: undefined, requestTimeEpoch: at, userAgent: 'curl/8.7.1' };
  const refused = (status: number, type: string): string =>
    restAccessLog({ ...JSON.parse(refusedAccessLog(status, type)), ...now });
  return [restAccessLog(now), refused(429, 'THROTTLED'), refused(401, 'UNAUTHORIZED')];
}

function auditLines(at: number): readonly string[] {
  const eventTime = new Date(at).toISOString();
  const event = (more: object): string => cloudTrailEvent({ eventTime, ...more });
  return [
    event({}),
    event({ eventName: 'AttachUserPolicy', eventID: 'b1f9c2d3-0000-4000-8000-000000000002' }),
    event({
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      eventID: 'b1f9c2d3-0000-4000-8000-000000000003',
    }),
    event({ ...JSON.parse(consoleLogin('Failure')), eventTime }),
  ];
}

/** The SDK's own lines of one instance, but for one that never arrives, and Lambda's of the same instance. */
async function billingLines(at: number): Promise<readonly string[]> {
  const instance = billing(at, 1);
  const { trailgate, invoke, advance, lines } = instance;
  const pay = trailgate.wrap(async () => {
    trailgate.count('InvoicesPaid', 3);
    trailgate.distribution('InvoiceValue', 40.5);
    trailgate.log.info('invoice paid', { invoice: 'i-1' });
    return { statusCode: 200, body: '{}' };
  });
  const fail = trailgate.wrap(async () => {
    trailgate.log.error('no invoice', { error: new TypeError('invoice is undefined') });
    throw new TypeError('invoice is undefined');
  });
  const dawdle = trailgate.wrap(async () => {
    advance(4_000);
    return { statusCode: 200, body: '{}' };
  });
  const administer = trailgate.wrap(async () => {
    const { trail } = trailgate;
    trail.permissionsChanged({ target: 'eve', reason: 'made an administrator' });
    trail.event('authz_change', { user: 'ann', target: 'eve', from: 'customer', to: 'admin' });
    trail.event('user_created', { user: 'ann', target: 'eve', attributes: ['email'] });
    trail.event('authn_login_successafterfail', { user: 'ann', retries: 3, reason: 'guessed' });
    trail.event('authn_token_reuse', { user: 'ann', target: 'token-7' });
    trail.event('sys_monitor_disabled', { user: 'ann', target: 'invoice-audit' });
    trail.event('malicious_attack_tool', { tool: 'sqlmap' });
    trail.event('excess_rate_limit_exceeded', { max: 5 });
    trail.inputRejected({ reason: 'invoice: expected an id, got a query', target: 'POST /invoices' });
    trail.tokenRejected({ reason: 'expired' });
    trail.denied({ target: 'GET /invoices', reason: 'role accountant is missing' });
    return { statusCode: 200, body: '{}' };
  });
  await invoke(pay, calls('POST', '/invoices'));
  await invoke(fail, calls('GET', '/invoices')).catch(() => undefined);
  await invoke(dawdle, calls('GET', '/statements'));
  await invoke(administer, calls('POST', '/admin/users'));
  trailgate.flush();
  const lost = lines.findIndex((line) => line.includes('malicious_attack_tool'));
  const time = new Date(at).toISOString();
  const report = { requestId: 'r-1', durationMs: 900, memorySizeMB: 512, maxMemoryUsedMB: 500 };
  const platform = [
    reportLine(time, { ...report, status: 'success', initDurationMs: 180 }),
    reportLine(time, { ...report, status: 'error', errorType: 'Runtime.ExitError' }),
    reportLine(time, { ...report, status: 'error', errorType: 'Runtime.OutOfMemory' }),
    traced(reportLine(time, { ...report, status: 'timeout', durationMs: 3_000 })),
    reportLine(time, { ...report, status: 'success' }),
  ];
  return [
    ...lines.filter((_, position) => position !== lost),
    ...platform.map((line) => JSON.stringify(line)),
  ];
}

/** As with active tracing. */
function traced(line: object): object {
  const value = 'root=1-6ac7d63f-0104e99861c65c8039f183da;parent=7c4eb6a6d56f2a27;sampled=1';
  const { record, ...rest } = line as { readonly record: object };
  return { ...rest, record: { ...record, tracing: { type: 'X-Amzn-Trace-Id', value } } };
}

/** An instance that believes in last month, while its log knows better. */
async function wrongClockLines(at: number): Promise<readonly string[]> {
  const { trailgate, invoke, lines } = billing(at - 30 * DAY_MS, 2);
  const handler = trailgate.wrap(async () => {
    trailgate.log.info('what day is it');
    trailgate.trail.adminAction({ target: 'calendar' });
    return { statusCode: 200, body: '{}' };
  });
  await invoke(handler, calls('GET', '/calendar'));
  return lines;
}

/** Of the contract, but for one member: it belongs into quarantine. */
function brokenLine(at: number): string {
  const { trailgate, lines } = billing(at, 3);
  trailgate.trail.denied({ target: 'GET /invoices', reason: 'role accountant is missing' });
  trailgate.flush();
  const [line = ''] = lines;
  return line.replace('"outcome":"failure"', '"outcome":"perhaps"');
}

function billing(startAt: number, seed: number): TestTrailgate {
  return createTestTrailgate({ service: PLANTED.service, startAt, seed });
}

function calls(method: string, path: string): ReturnType<typeof events.restV1> {
  return events.restV1({
    httpMethod: method,
    path,
    resource: path,
    requestContext: {
      httpMethod: method,
      resourcePath: path,
      authorizer: { principalId: 'ann', user: 'ann', tenant: 'acme', roles: 'admin' },
      identity: { sourceIp: '203.0.113.40' },
    },
  });
}
