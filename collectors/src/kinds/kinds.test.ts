import { describe, expect, test } from 'vitest';
import { readSubscriptionRecord } from '../decode/subscription-record.ts';
import { lineEnvelope, readLine } from '../log-line.ts';
import { createLineRedaction } from '../redaction/line-redaction.ts';
import type { Route } from '../route/route-line.ts';
import { routeLine } from '../route/route-line.ts';
import { eventId, GROUP, STREAM, subscription } from '../testing/kinesis-event.ts';
import { NOW } from '../testing/memory-ports.ts';
import { logLine, requestLine, rollupLine, sdkLine, trailLine } from '../testing/sdk-lines.ts';
import { KINDS } from './registry.ts';

const STREAM_NAME = `${GROUP}/${STREAM}`;
const SDK_TIME = Date.parse('2026-11-22T09:59:58.500Z');
const PROVENANCE = {
  cloud: { account: { id: '123456789012' } },
  aws: { cloudwatch: { log_group: GROUP, log_stream: STREAM, event_id: eventId(1) } },
};

function routed(message: string, group = GROUP): Route {
  const reading = readSubscriptionRecord(subscription({ group, messages: [message] }));
  if (reading.is !== 'subscription') throw new Error(reading.reason);
  const read = readLine(lineEnvelope(reading.record, NOW), reading.record.logEvents[0], 0);
  if (read.is !== 'line') throw new Error('no line');
  return routeLine(
    read.line,
    KINDS,
    { lateDays: 14, earlyHours: 2, indexPeriod: 'day' },
    createLineRedaction(),
  );
}

function documentOf(message: string, group?: string): Readonly<Record<string, unknown>> {
  const route = routed(message, group);
  if (route.to !== 'index') throw new Error(`went to ${route.to}`);
  return JSON.parse(route.document.source);
}

describe('sdk', () => {
  test('a trail record is a trail document with the time of its head and the provenance of its envelope', () => {
    const route = routed(trailLine(7));
    expect(route).toMatchObject({ to: 'index', document: { channel: 'trail', index: 'trail-2026.11.22' } });
    expect(documentOf(trailLine(7))).toMatchObject({
      ...PROVENANCE,
      '@timestamp': '2026-11-22T09:59:58.500Z',
      level: 'INFO',
      faas: { name: 'orders', execution: 'e-1', coldstart: true },
      trailgate: { v: 1, channel: 'trail', kind: 'trail', instance: '00112233445566aa', seq: 7, weight: 1 },
      event: { action: 'authn_login_fail' },
      record: { source: 'aws:sqs', id: 'm-1' },
      threat: { tactic: { id: 'TA0006' }, technique: { id: 'T1110' } },
      chain: { n: 3, key: 'k-1' },
    });
    expect(documentOf(trailLine(7))).not.toHaveProperty('fields');
    expect(documentOf(trailLine(7))).not.toHaveProperty('timestamp');
  });

  test('a trail record is a signal of its principal', () => {
    expect(routed(trailLine(7))).toMatchObject({
      signals: [
        {
          key: 'principal:acme/user:ann',
          signal: {
            kind: 'trail',
            at: SDK_TIME,
            from: { stream: `${STREAM_NAME}#00112233445566aa`, position: '7' },
            service: 'orders',
            tenant: 'acme',
            principal: 'user:ann',
            action: 'authn_login_fail',
            outcome: 'failure',
            count: 2,
            user: 'ann',
            ip: '203.0.113.7',
            route: 'GET /orders/{id}',
            reason: 'bad_credentials',
          },
        },
      ],
    });
  });

  test('a rollup is usage of each principal, one series and one count of the instance', () => {
    const route = routed(rollupLine(9));
    const from = { stream: `${STREAM_NAME}#00112233445566aa`, position: '9' };
    const at = { at: SDK_TIME, from, service: 'orders' };
    expect(route.to === 'index' && route.signals).toEqual([
      {
        key: 'principal:acme/user:ann',
        signal: { ...at, kind: 'usage', tenant: 'acme', principal: 'user:ann', requests: 6, refused: 2 },
      },
      {
        key: 'principal:zeta/ip:198.51.100.9',
        signal: {
          ...at,
          kind: 'usage',
          tenant: 'zeta',
          principal: 'ip:198.51.100.9',
          requests: 3,
          refused: 0,
        },
      },
      {
        key: 'series:orders',
        signal: {
          ...at,
          kind: 'series',
          since: Date.parse('2026-11-22T09:00:00.000Z'),
          requests: [
            { route: 'GET /orders', status: 200, tenant: 'acme', count: 5 },
            { route: 'GET /orders', status: 200, tenant: 'zeta', count: 3 },
            { route: 'GET /orders', status: 500, tenant: 'acme', count: 1 },
          ],
          latency: [
            {
              route: 'GET /orders',
              buckets: [
                [120, 8],
                [130, 1],
              ],
            },
          ],
          counters: [
            { name: 'Orders', unit: 'Count', value: 4 },
            { name: 'Basket.Sum', unit: 'None', value: 60.5 },
            { name: 'Basket.Count', unit: 'Count', value: 3 },
          ],
        },
      },
      { key: `instance:${STREAM_NAME}`, signal: { ...at, kind: 'counted', invocations: 9 } },
    ]);
  });

  test.each([
    ['log', logLine(1)],
    ['request', requestLine(2)],
  ])('a %s record is a business document without signals', (_, line) => {
    expect(routed(line)).toMatchObject({ to: 'index', document: { channel: 'business' }, signals: [] });
  });

  test('nothing that a message claims about its origin or its head survives', () => {
    const forged = logLine(3, {
      cloud: { account: { id: '999' } },
      aws: { cloudwatch: { log_group: 'theirs' }, other: 1 },
      '@timestamp': '1999-01-01T00:00:00Z',
      trailgate: { channel: 'trail' },
      level: 'FATAL',
    });
    expect(documentOf(forged)).toMatchObject({
      ...PROVENANCE,
      '@timestamp': '2026-11-22T09:59:58.500Z',
      level: 'INFO',
      trailgate: { channel: 'business', seq: 3 },
    });
    expect(documentOf(forged).aws).toEqual(PROVENANCE.aws);
  });

  test('a root key that the contract does not have goes under fields, beside those of the user', () => {
    expect(documentOf(logLine(4, { rule: { name: 'mine' } }))).toMatchObject({
      fields: { basket: { size: 3 }, rule: { name: 'mine' } },
    });
    expect(documentOf(logLine(4, { rule: 'mine' }))).not.toHaveProperty('rule');
  });

  test.each([
    ['a newer contract', sdkLine('log', 1, { message: '' }, { version: 2 }), 'version 2 is newer'],
    ['a head that breaks the contract', logLine(1).replace('"seq":1', '"seq":-1'), 'machine part'],
    ['a body that is cut off', logLine(1).slice(0, -9), 'body is not JSON'],
    [
      'a body without message',
      sdkLine('log', 1, { service: { name: 'a' } }),
      'body.message: expected a string',
    ],
    ['a trail event that poses as a finding', trailLine(1, { event: { kind: 'alert' } }), 'body.event.kind'],
    [
      'a count that is none',
      trailLine(1, { count: -2 }),
      'body.count: expected a whole number from 0, got number',
    ],
    [
      'rows of another shape',
      rollupLine(1).replace('"status":500', '"status":"500"'),
      'body.rollup.requests[2].status',
    ],
    [
      'a distribution without its sum',
      rollupLine(1).replace('"sum":60.5', '"sum":null'),
      'body.rollup.distributions[0].sum: expected a number, got null',
    ],
    [
      'a count of held lines that is none',
      rollupLine(1).replace('"held":{"lines":2', '"held":{"lines":-2'),
      'body.rollup.held.lines',
    ],
    ['a chain without its link', trailLine(1, { chain: { n: 0, hash: 'ab' } }), 'body.chain.prev'],
    ['a threat of another shape', trailLine(1, { threat: { technique: 'T1110' } }), 'body.threat.tactic'],
    [
      'a line longer than the contract allows',
      logLine(1, { message: 'x'.repeat(65_000) }),
      'longer than 65535',
    ],
  ])('%s goes to quarantine with the reason', (_, line, reason) => {
    const route = routed(line);
    expect(route.to === 'quarantine' && route.reason).toContain(reason);
  });
});

describe('json', () => {
  test('an object is a business document with its message, its level and the rest under fields', () => {
    expect(documentOf('{"level":"warn","msg":"slow","took":12,"cloud":"mine"}', '/custom/group')).toEqual({
      '@timestamp': new Date(NOW - 1000).toISOString(),
      level: 'WARN',
      message: 'slow',
      event: { kind: 'event', dataset: 'json' },
      fields: { took: 12, cloud: 'mine' },
      cloud: { account: { id: '123456789012' } },
      aws: { cloudwatch: { log_group: '/custom/group', log_stream: STREAM, event_id: eventId(1) } },
    });
  });

  test('a message or level that is not text stays under fields', () => {
    expect(documentOf('{"message":{"a":1},"level":30,"__proto__":{"b":2}}')).toMatchObject({
      message: '',
      fields: JSON.parse('{"message":{"a":1},"level":30,"__proto__":{"b":2}}'),
    });
  });

  test('JSON that is nested beyond reason is set aside or kept, and never throws', () => {
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(['quarantine', 'index']).toContain(routed(deep).to);
  });
});

describe('text', () => {
  test.each([
    ['plain', 'hello\tworld\n', 'hello\tworld'],
    ['broken JSON', '{"a":', '{"a":'],
    ['an array', '[1,2]', '[1,2]'],
    ['a look-alike of the platform', 'REPORT of the day', 'REPORT of the day'],
  ])('%s is a business document with the text as message', (_, line, message) => {
    expect(documentOf(line)).toMatchObject({ message, faas: { name: 'orders' }, event: { dataset: 'text' } });
  });
});
