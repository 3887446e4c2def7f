/** Draws what the rings before the functions log: gateway access logs, WAF decisions, audit events of the account. */
import type { Seeded } from '../schedule/seeded.ts';
import { type LogStream, logged } from './log-stream.ts';
import type { Issue, Oracle } from './oracle.ts';

type Write = (mark: string, at: number) => object;

const access =
  (status: string, error: string): Write =>
  (mark, at) => ({
    requestId: mark,
    ip: '203.0.113.9',
    requestTime: new Date(at).toUTCString(),
    requestTimeEpoch: at,
    httpMethod: 'GET',
    resourcePath: '/orders/{id}',
    status,
    protocol: 'HTTP/1.1',
    responseLength: '120',
    error,
    userAgent: mark,
  });

const firewall =
  (action: string): Write =>
  (mark, at) => ({
    timestamp: at,
    formatVersion: 1,
    webaclId: 'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/edge/1',
    terminatingRuleId: 'rate-per-address',
    terminatingRuleType: 'RATE_BASED',
    action,
    httpSourceName: 'APIGW',
    httpSourceId: '123456789012:abc:prod',
    httpRequest: {
      clientIp: '203.0.113.9',
      country: 'DE',
      headers: [{ name: 'User-Agent', value: mark }],
      uri: '/orders',
      args: '',
      httpVersion: 'HTTP/2.0',
      httpMethod: 'POST',
      requestId: mark,
    },
  });

const audit =
  (eventName: string, errorCode?: string): Write =>
  (mark, at) => ({
    eventVersion: '1.09',
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName: 'ann', accountId: '123456789012' },
    eventTime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: mark,
    requestParameters: { userName: mark },
    responseElements: null,
    requestID: 'r-1',
    eventID: 'e-1',
    readOnly: false,
    eventType: 'AwsApiCall',
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: 'not allowed' }),
  });

const WRITES: readonly Write[] = [
  access('200', '-'),
  access('403', 'Forbidden'),
  access('429', 'Too Many Requests'),
  firewall('ALLOW'),
  firewall('BLOCK'),
  audit('CreateUser'),
  audit('AttachUserPolicy', 'AccessDenied'),
];

/** Which index a line of an edge goes to is the matter of its kind's tests; here it counts that it goes there once. */
export function drawEdgeStream(oracle: Oracle, chance: Seeded, number: number, start: number): LogStream {
  const draws = Array.from({ length: chance.between(2, 8) }, () => {
    const write = chance.pick(WRITES);
    return (at: number): Issue => oracle.issue('edge', 'kept', (mark) => JSON.stringify(write(mark, at)));
  });
  return {
    group: chance.pick(['API-Gateway-Execution-Logs/prod', 'aws-waf-logs-edge', 'aws-cloudtrail-logs']),
    name: `edge-${number}`,
    attacks: false,
    intact: true,
    events: logged(draws, chance, start, number),
  };
}
