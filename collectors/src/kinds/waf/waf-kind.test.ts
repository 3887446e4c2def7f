import { describe, expect, test } from 'vitest';
import { RATE_BASED, wafLog } from '../../testing/edge-lines.ts';
import { documentOf, edgeLine, shapedBy } from '../../testing/shaped-line.ts';
import { type Shaped, shaperOf } from '../kind.ts';
import { wafKind } from './waf-kind.ts';

const GROUP = 'aws-waf-logs-shop';
const line = (more: object = {}) => edgeLine(wafLog(more), GROUP, 'eu-central-1_shop_0');

describe('a request that the web ACL turned away', () => {
  test('is a trail event and a signal, with the rule within the group and without secret headers', () => {
    const document = documentOf(line());
    expect(document).toMatchObject({
      channel: 'trail',
      time: 1_795_341_597_981,
      level: 'WARN',
      service: { name: 'waf' },
      tenant: '-',
      principal: 'ip:203.0.113.66',
      source: { ip: '203.0.113.66', geo: { country_iso_code: 'FR' } },
      trace_id: '645566cf7cb058b04d9bb3ee01dc4036',
      event: {
        kind: 'event',
        category: ['intrusion_detection', 'api'],
        type: ['denied'],
        action: 'malicious_extraneous',
        outcome: 'failure',
        reason: 'BLOCK AWS-AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER',
        dataset: 'aws.waf',
      },
      rule: { id: 'AWS-AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER' },
      target: 'shop',
      http: { request: { method: 'GET', id: 'Ed0AiHF_CGYF-DA=' } },
      url: { path: '/.env', domain: 'api.example.com' },
      user_agent: { original: 'python-requests/2.32' },
      tls: { client: { ja3: 'f79b6bad2ad0641e1921aef10262856b' } },
      fields: {
        labels: ['awswaf:managed:aws:core-rule-set:NoUserAgent_Header'],
        headers: { accept: '*/*' },
        args: 'a=1',
      },
    });
    expect(JSON.stringify(document)).not.toContain('not-to-be-kept');
    expect(shapedBy(line())).toMatchObject({
      signals: [
        {
          key: 'principal:-/ip:203.0.113.66',
          signal: { kind: 'trail', action: 'malicious_extraneous', service: 'waf', ip: '203.0.113.66' },
        },
      ],
    });
  });

  test.each([
    ['a rate', { ...RATE_BASED }, 'excess_rate_limit_exceeded', 'BLOCK login-rate'],
    [
      'bot control',
      { labels: [{ name: 'awswaf:managed:aws:bot-control:bot:unverified' }] },
      'malicious_attack_tool',
      'BLOCK AWS-AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER',
    ],
    [
      'a CAPTCHA that was not solved',
      { action: 'CAPTCHA', captchaResponse: { responseCode: 405, failureReason: 'TOKEN_MISSING' } },
      'malicious_attack_tool',
      'CAPTCHA TOKEN_MISSING',
    ],
    [
      'a challenge that was not passed',
      {
        action: 'CHALLENGE',
        responseCodeSent: 202,
        challengeResponse: { responseCode: 202, failureReason: 'TOKEN_EXPIRED' },
      },
      'malicious_attack_tool',
      'CHALLENGE TOKEN_EXPIRED',
    ],
  ])('for %s', (_, more, action, reason) => {
    expect(documentOf(line(more))).toMatchObject({
      channel: 'trail',
      event: { action, reason, type: ['denied'] },
    });
  });
});

test.each(['ALLOW', 'COUNT'])('%s is a business document without a signal', (action) => {
  const passed = {
    action,
    terminatingRuleId: 'Default_Action',
    ruleGroupList: [],
    httpRequest: { clientIp: 'x' },
  };
  expect(documentOf(line(passed))).toMatchObject({
    channel: 'business',
    message: `${action} Default_Action`,
    event: { dataset: 'aws.waf', outcome: 'success' },
  });
  expect(shapedBy(line(passed))).toMatchObject({ signals: [] });
});

describe('behind a proxy that writes the client’s address into a header', () => {
  const shape = shaperOf(wafKind(new Map([['shop', 'x-client-address']])));
  const CLIENT = '198.51.100.7';
  const request = (...values: readonly string[]): object => ({
    httpRequest: {
      clientIp: '203.0.113.66',
      country: 'FR',
      headers: values.map((value) => ({ name: 'X-Client-Address', value })),
    },
  });
  const made = (more: object): Extract<Shaped, { is: 'document' }> => {
    const shaped = shape(line(more));
    if (shaped?.is !== 'document') throw new Error('no document');
    return shaped;
  };

  test('the client is who called, in document and signal, and the proxy’s country is nobody’s', () => {
    const { document, signals } = made(request(CLIENT));
    expect(document.body).toMatchObject({ principal: `ip:${CLIENT}`, source: { ip: CLIENT } });
    expect(document.body.source).not.toHaveProperty('geo');
    expect(document.body).not.toHaveProperty('tls');
    expect(signals).toMatchObject([{ key: `principal:-/ip:${CLIENT}`, signal: { ip: CLIENT } }]);
    const passed = made({ ...request(CLIENT), action: 'ALLOW', terminatingRuleId: 'Default_Action' });
    expect(passed.document.body).toMatchObject({ principal: `ip:${CLIENT}`, source: { ip: CLIENT } });
  });

  test.each<[string, object]>([
    ['who came past the proxy', { terminatingRuleId: 'origin-secret', ruleGroupList: [] }],
    ['the web ACL of CloudFront itself', { webaclId: 'arn:aws:wafv2:us-east-1:1:global/webacl/shop/1' }],
    ['a web ACL of another name', { webaclId: 'arn:aws:wafv2:eu-west-1:1:regional/webacl/other/1' }],
  ])('%s is who the web ACL saw, whatever the header says', (_, more) => {
    const { document, signals } = made({ ...request(CLIENT), ...more });
    expect(document.body).toMatchObject({ principal: 'ip:203.0.113.66', source: { ip: '203.0.113.66' } });
    expect(signals).toMatchObject([{ signal: { ip: '203.0.113.66' } }]);
  });

  test.each([[[]], [['']], [['nobody']], [[CLIENT, '198.51.100.8']], [[`${CLIENT}:443`]]])(
    'header %j names nobody, and the proxy is not named for it',
    (values) => {
      const { document, signals } = made(request(...values));
      expect(document.body).not.toHaveProperty('source');
      expect(signals).toMatchObject([{ key: 'principal:-/-' }]);
    },
  );
});

describe('bad input', () => {
  test.each([
    ['another version of the format', wafLog({ formatVersion: 2 }), 'json'],
    ['no request', wafLog({ httpRequest: undefined }), 'json'],
    ['an action that is none', wafLog({ action: 'EXPLODE' }), 'json'],
    ['a time of another type', wafLog({ timestamp: 'yesterday' }), 'json'],
    ['a time beyond all calendars', wafLog({ timestamp: 1e20 }), 'json'],
    ['no rule', wafLog({ terminatingRuleId: 7 }), 'json'],
    ['a field of the same name', '{"webaclId":"mine"}', 'json'],
    ['an entry that is cut off', wafLog().slice(0, -30), 'text'],
  ])('%s is somebody else’s line', (_, text, dataset) => {
    expect(documentOf(edgeLine(text, GROUP))).toMatchObject({ channel: 'business', event: { dataset } });
  });

  test('a function cannot speak for the web ACL', () => {
    expect(documentOf(edgeLine(wafLog(), '/aws/lambda/orders'))).toMatchObject({
      event: { dataset: 'json' },
    });
  });

  test('members of another shape cost themselves only', () => {
    const text = wafLog({
      labels: 'none',
      ruleGroupList: [null, { terminatingRule: 'x' }],
      captchaResponse: [],
      httpRequest: { clientIp: 7, headers: [null, { name: 1 }, { name: 'Host' }], uri: {}, country: null },
    });
    const document = documentOf(edgeLine(text, GROUP));
    expect(document).toMatchObject({ channel: 'trail', event: { action: 'malicious_extraneous' } });
    expect(document).not.toHaveProperty('source');
    expect(document).not.toHaveProperty('url');
    expect(shapedBy(edgeLine(text, GROUP))).toMatchObject({ signals: [{ key: 'principal:-/-' }] });
  });
});
