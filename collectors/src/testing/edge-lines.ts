/** Lines of the rings before the functions, as AWS writes them: API Gateway access logs, WAF logs, CloudTrail events. */

const REQUEST = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

/** The JSON format that API Gateway proposes for REST APIs, with the variables that owners add. */
export function restAccessLog(more: object = {}): string {
  return JSON.stringify({
    requestId: REQUEST,
    extendedRequestId: 'Ed0AiHF_CGYF-DA=',
    ip: '203.0.113.7',
    caller: '-',
    user: '-',
    requestTime: '22/Nov/2026:09:59:58 +0000',
    httpMethod: 'GET',
    resourcePath: '/orders/{id}',
    path: '/prod/orders/7',
    status: '200',
    protocol: 'HTTP/1.1',
    responseLength: '512',
    integrationLatency: '40',
    responseLatency: '45',
    xrayTraceId: '1-6ac7d63f-0104e99861c65c8039f183da',
    stage: 'prod',
    ...more,
  });
}

/** The JSON format that API Gateway proposes for HTTP APIs. */
export function httpAccessLog(more: object = {}): string {
  return JSON.stringify({
    requestId: 'JKJaXmPLvHcESHA=',
    ip: '203.0.113.8',
    requestTime: '22/Nov/2026:10:59:58 +0100',
    httpMethod: 'POST',
    routeKey: 'POST /orders',
    status: '201',
    protocol: 'HTTP/1.1',
    responseLength: '13',
    extendedRequestId: 'JKJaXmPLvHcESHA=',
    ...more,
  });
}

export function webSocketAccessLog(more: object = {}): string {
  return JSON.stringify({
    requestId: 'JKJaXmPLvHcESHB=',
    ip: '203.0.113.9',
    requestTimeEpoch: 1_795_341_598_000,
    eventType: 'CONNECT',
    routeKey: '$connect',
    connectionId: 'JKJaXdPLvHcCGqA=',
    status: '403',
    ...more,
  });
}

/** What the gateway writes when it answers itself. */
export function refusedAccessLog(status: number, responseType: string): string {
  return restAccessLog({
    status: String(status),
    integrationLatency: '-',
    'error.message': 'Too Many Requests',
    'error.responseType': responseType,
  });
}

const CLF_TIME = '22/Nov/2026:09:59:58 +0000';
export const REST_CLF = `203.0.113.7 - - [${CLF_TIME}]"GET /orders/{id} HTTP/1.1" 200 512 ${REQUEST} Ed0AiHF_CGYF-DA=`;
export const HTTP_CLF = `203.0.113.8 - - [${CLF_TIME}] "POST POST /orders HTTP/1.1" 201 13 JKJaXmPLvHcESHA=`;
export const REST_CSV = `203.0.113.7,-,-,${CLF_TIME},GET,/orders/{id},HTTP/1.1,200,512,${REQUEST},Ed0AiHF_CGYF-DA=`;
export const HTTP_CSV = `203.0.113.8,${CLF_TIME},POST,POST /orders,HTTP/1.1,201,13,JKJaXmPLvHcESHA=`;
export const REST_XML = `<request id="${REQUEST}"> <extendedRequestId>Ed0AiHF_CGYF-DA=</extendedRequestId> <ip>203.0.113.7</ip> <caller>-</caller> <user>-</user> <requestTime>${CLF_TIME}</requestTime> <httpMethod>GET</httpMethod> <resourcePath>/orders/{id}</resourcePath> <status>200</status> <protocol>HTTP/1.1</protocol> <responseLength>512</responseLength> </request>`;
export const NGINX = `203.0.113.7 - ann [${CLF_TIME}] "GET /orders/7 HTTP/1.1" 200 512 "-" "curl/8.7.1"`;

export function wafLog(more: object = {}): string {
  return JSON.stringify({
    timestamp: 1_795_341_597_981,
    formatVersion: 1,
    webaclId:
      'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/8acf338d-9594-449d-b99a-f4e88a4cbac5',
    terminatingRuleId: 'AWS-AWSManagedRulesCommonRuleSet',
    terminatingRuleType: 'MANAGED_RULE_GROUP',
    action: 'BLOCK',
    terminatingRuleMatchDetails: [],
    httpSourceName: 'APIGW',
    httpSourceId: '123456789012:a1b2c3d4e5:prod',
    ruleGroupList: [
      {
        ruleGroupId: 'AWS#AWSManagedRulesCommonRuleSet',
        terminatingRule: { ruleId: 'NoUserAgent_HEADER', action: 'BLOCK', ruleMatchDetails: null },
        nonTerminatingMatchingRules: [],
        excludedRules: null,
        customerConfig: null,
      },
    ],
    rateBasedRuleList: [],
    nonTerminatingMatchingRules: [],
    requestHeadersInserted: null,
    responseCodeSent: null,
    httpRequest: {
      clientIp: '203.0.113.66',
      country: 'FR',
      headers: [
        { name: 'Host', value: 'api.example.com' },
        { name: 'User-Agent', value: 'python-requests/2.32' },
        { name: 'X-Amzn-Trace-Id', value: 'Root=1-645566cf-7cb058b04d9bb3ee01dc4036' },
        { name: 'Authorization', value: 'Bearer not-to-be-kept' },
        { name: 'Accept', value: '*/*' },
      ],
      uri: '/.env',
      args: 'a=1',
      httpVersion: 'HTTP/1.1',
      httpMethod: 'GET',
      requestId: 'Ed0AiHF_CGYF-DA=',
    },
    labels: [{ name: 'awswaf:managed:aws:core-rule-set:NoUserAgent_Header' }],
    ja3Fingerprint: 'f79b6bad2ad0641e1921aef10262856b',
    ja4Fingerprint: 't13d1516h2_8daaf6152771_b186095e22b6',
    ...more,
  });
}

export const RATE_BASED = {
  terminatingRuleId: 'login-rate',
  terminatingRuleType: 'RATE_BASED',
  ruleGroupList: [],
  rateBasedRuleList: [
    { rateBasedRuleId: 'r', rateBasedRuleName: 'login-rate', limitKey: 'IP', maxRateAllowed: 100 },
  ],
};

export function cloudTrailEvent(more: object = {}): string {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::123456789012:user/ann',
      accountId: '123456789012',
      userName: 'ann',
    },
    eventTime: '2026-11-22T09:59:57Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0',
    requestParameters: { userName: 'eve' },
    responseElements: { user: { userName: 'eve', arn: 'arn:aws:iam::123456789012:user/eve' } },
    requestID: 'req-1',
    eventID: 'b1f9c2d3-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
    ...more,
  });
}

export function consoleLogin(result: 'Success' | 'Failure'): string {
  return cloudTrailEvent({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    requestParameters: null,
    responseElements: { ConsoleLogin: result },
    additionalEventData: { MFAUsed: 'No', LoginTo: 'https://console.aws.amazon.com/' },
    ...(result === 'Failure' ? { errorMessage: 'Failed authentication' } : {}),
  });
}
